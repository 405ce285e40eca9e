# 주석
CC := gcc
.PHONY: all
all: main.o
	$(CC) -o out $^ && echo "done"
ifeq ($(A),b)
include x.mk
endif

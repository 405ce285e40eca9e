# 주석
FROM rust:1.95 AS build
ARG VERSION=1
ENV PATH="/a:${PATH}"
RUN cargo build --release && \
    echo "done"
COPY --from=build /a /b
ENTRYPOINT ["/b"]
EXPOSE 8080

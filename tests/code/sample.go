package main

import "fmt"

// Server 는 서버다.
type Server struct {
	Name string
	Port int
}

func (s *Server) Run(ctx context.Context) error {
	for i := 0; i < 10; i++ {
		fmt.Printf("%s: %d\n", s.Name, i)
	}
	return nil
}

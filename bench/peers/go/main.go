// The service of the article that geomatch answers: gorilla/mux, net/http, json.NewDecoder, and `go publish`.
//
//	go-service [-listen ADDR:PORT] [-publish none|kafka:HOST:PORT/TOPIC]
//
// GOMAXPROCS says how many threads run it.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"time"

	"github.com/gorilla/mux"
)

const maxBodyBytes = 64 << 10

type answer struct {
	ID     string `json:"id"`
	Status string `json:"status"`
}

type problem struct {
	Error string `json:"error"`
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(body); err != nil {
		log.Printf("not answered: %v", err)
	}
}

func handler(publisher *publisher) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var location Location
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBodyBytes)).Decode(&location); err != nil {
			reply(w, http.StatusBadRequest, problem{"not JSON: " + err.Error()})
			return
		}
		if err := location.validate(); err != nil {
			reply(w, http.StatusUnprocessableEntity, problem{err.Error()})
			return
		}
		if publisher != nil {
			go publisher.publish(location) // nobody waits for it: the answer says nothing about the log
		}
		reply(w, http.StatusOK, answer{location.ID, "accepted"})
	}
}

func main() {
	listen := flag.String("listen", "127.0.0.1:0", "ADDR:PORT; port 0 picks one")
	publish := flag.String("publish", "none", "none or kafka:HOST:PORT[,...]/TOPIC")
	flag.Parse()
	publisher, err := newPublisher(*publish)
	if err != nil {
		log.Fatal(err)
	}
	router := mux.NewRouter()
	router.HandleFunc("/match", handler(publisher)).Methods(http.MethodPost)
	listener, err := net.Listen("tcp", *listen)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("go listening on %s\n", listener.Addr())
	server := &http.Server{Handler: router, ReadHeaderTimeout: 10 * time.Second}
	log.Fatal(server.Serve(listener))
}

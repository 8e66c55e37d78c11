package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/segmentio/kafka-go"
)

// publisher puts locations on a Kafka topic. Safe for concurrent use.
type publisher struct {
	writer *kafka.Writer
}

// newPublisher reads "kafka:HOST:PORT[,...]/TOPIC"; "none" gives nil: nothing is published.
func newPublisher(where string) (*publisher, error) {
	if where == "none" {
		return nil, nil
	}
	brokers, topic, found := strings.Cut(strings.TrimPrefix(where, "kafka:"), "/")
	if !found || !strings.HasPrefix(where, "kafka:") {
		return nil, fmt.Errorf("-publish takes none or kafka:HOST:PORT[,...]/TOPIC, not %q", where)
	}
	return &publisher{&kafka.Writer{
		Addr:                   kafka.TCP(strings.Split(brokers, ",")...),
		Topic:                  topic,
		Balancer:               &kafka.Hash{}, // one entity's records keep to one partition
		RequiredAcks:           kafka.RequireAll,
		BatchTimeout:           10 * time.Millisecond, // the default is 1 s
		AllowAutoTopicCreation: true,
	}}, nil
}

// publish returns once the log has the location, or hasn't; its callers run it with `go` and don't wait.
func (p *publisher) publish(location Location) {
	value, err := json.Marshal(location)
	if err == nil {
		err = p.writer.WriteMessages(context.Background(), kafka.Message{Key: []byte(location.ID), Value: value})
	}
	if err != nil {
		log.Printf("not published: %v", err)
	}
}

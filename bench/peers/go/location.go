package main

import (
	"errors"
	"math"
)

// Location is what a phone posts: of geomatch's members those that this service reads.
type Location struct {
	ID        string   `json:"id"`
	Lat       *float64 `json:"lat"`
	Lon       *float64 `json:"lon"`
	Timestamp int64    `json:"timestamp,omitempty"`
	Accuracy  float64  `json:"accuracy,omitempty"`
	Role      string   `json:"role,omitempty"`
	Seek      string   `json:"seek,omitempty"`
}

func (l *Location) validate() error {
	switch {
	case l.ID == "" || len(l.ID) > 128:
		return errors.New("id takes 1 to 128 bytes")
	case l.Lat == nil || math.Abs(*l.Lat) > 90:
		return errors.New("lat takes a number from -90 to 90")
	case l.Lon == nil || math.Abs(*l.Lon) > 180:
		return errors.New("lon takes a number from -180 to 180")
	}
	return nil
}

-- Moving phones for wrk: POST /match of 100,000 entities in a city of 50 × 50 km, half of them drivers and half
-- riders who seek one another.
--
--   wrk -t1 -c64 -d10s --latency -s bench/wrk/match.lua http://127.0.0.1:8080
--
-- LIMIT in the environment asks for that many matches; 0 only records.
-- The requests are made once, here: formatting each while the load runs halves what wrk can send.

local requests = {}
local count = 100000
local limit = tonumber(os.getenv("LIMIT") or 10)
local next_request = 0

function init(args)
  math.randomseed(1)
  local headers = { ["Content-Type"] = "application/json", ["Host"] = "localhost" }
  for i = 1, count do
    local role, seek = "driver", "rider"
    if i % 2 == 0 then role, seek = seek, role end
    local body = string.format(
      '{"id":"%s-%d","lat":%.7f,"lon":%.7f,"role":"%s","seek":"%s","accuracy":5,"limit":%d}',
      role, i, 31.0 + 0.45 * math.random(), 121.0 + 0.525 * math.random(), role, seek, limit)
    requests[i] = wrk.format("POST", "/match", headers, body)
  end
end

function request()
  next_request = next_request % count + 1
  return requests[next_request]
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("answers other than 2xx or 3xx: %d; socket errors: %d\n",
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end

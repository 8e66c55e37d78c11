// The least that a server can do for a request: what geomatch is held against.
//
//     floor --listen 127.0.0.1:0 --reply-bytes 1450 [--trigger level|edge]
#include <cstdio>
#include <exception>
#include <string>

#include <CLI/CLI.hpp>

#include "fixed_reply.hpp"
#include "loop.hpp"

int main(int argc, char** argv) {
  CLI::App app{
      "Answers every HTTP request with the same reply: one thread that does nothing but epoll_wait, recv "
      "and send."};
  std::string listen = "127.0.0.1:0";
  // Measured in 28 pairs of runs: the median of edge over level, in CPU a request, was 1.01 to 1.03.
  std::string trigger = "level";
  std::size_t reply_bytes = 1'450;
  app.add_option("--listen", listen, "ADDR:PORT of IPv4; port 0 picks one")->capture_default_str();
  app.add_option("--reply-bytes", reply_bytes, "Of the whole reply, head and body")->capture_default_str();
  app.add_option("--trigger", trigger, "Which epoll")
      ->check(CLI::IsMember({"edge", "level"}))
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    geomatch::bench::Loop loop{listen, geomatch::bench::FixedReply{reply_bytes}, trigger == "edge"};
    std::printf("floor listening on %s\n", loop.address().c_str());
    std::fflush(stdout);
    loop.run();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "floor: %s\n", error.what());
    return 2;
  }
}

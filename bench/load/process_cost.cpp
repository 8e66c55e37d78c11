#include "process_cost.hpp"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>

namespace geomatch::load {
namespace {

namespace fs = std::filesystem;

std::string contents(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream{file}.rdbuf();
  return text.str();
}

fs::path folder_of(pid_t pid) {
  return fs::path{"/proc"} / std::to_string(pid);
}

// A line of /proc/PID/stat from its third field on: the second, a name in parentheses, may hold anything.
std::istringstream stat_of(pid_t pid) {
  const std::string line = contents(folder_of(pid) / "stat");
  const std::size_t end = line.rfind(')');
  return std::istringstream{end == std::string::npos ? "" : line.substr(end + 1)};
}

std::multimap<pid_t, pid_t> children_of_all() {
  std::multimap<pid_t, pid_t> children;
  for (const auto& entry : fs::directory_iterator{"/proc"}) {
    const std::string name = entry.path().filename();
    pid_t pid = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), pid);
    if (error != std::errc{} || end != name.data() + name.size()) continue;
    std::string state;
    pid_t parent = 0;
    if (stat_of(pid) >> state >> parent) children.emplace(parent, pid);
  }
  return children;
}

void add_descendants(pid_t pid, const std::multimap<pid_t, pid_t>& children, std::set<pid_t>& to) {
  if (!to.insert(pid).second) return;
  const auto [first, last] = children.equal_range(pid);
  for (auto child = first; child != last; ++child) add_descendants(child->second, children, to);
}

std::chrono::nanoseconds cpu_of(pid_t pid) {
  std::int64_t sum_ns = 0;
  std::error_code ended;
  for (const auto& task : fs::directory_iterator{folder_of(pid) / "task", ended}) {
    std::int64_t on_core_ns = 0;
    std::istringstream{contents(task.path() / "schedstat")} >> on_core_ns;
    sum_ns += on_core_ns;
  }
  return std::chrono::nanoseconds{sum_ns};
}

void add_ticks(pid_t pid, ProcessCost& cost) {
  std::istringstream stat = stat_of(pid);
  std::string skipped;
  for (int field = 3; field < 14; ++field) stat >> skipped;
  std::uint64_t user = 0;
  std::uint64_t system = 0;
  if (stat >> user >> system) {
    cost.user_ticks += user;
    cost.system_ticks += system;
  }
}

void add_memory(pid_t pid, ProcessCost& cost) {
  std::ifstream status{folder_of(pid) / "status"};
  for (std::string line; std::getline(status, line);) {
    std::istringstream words{line};
    std::string name;
    std::uint64_t kib = 0;
    words >> name >> kib;
    if (name == "VmRSS:") cost.resident_bytes += kib * 1024;
    if (name == "VmHWM:") cost.peak_bytes += kib * 1024;
  }
}

}  // namespace

ProcessCost process_cost(const std::vector<pid_t>& pids, bool with_children) {
  std::set<pid_t> all;
  const auto children = with_children ? children_of_all() : std::multimap<pid_t, pid_t>{};
  for (const pid_t pid : pids) {
    if (!fs::exists(folder_of(pid) / "schedstat")) {
      throw std::runtime_error("--server-pid: there is no process " + std::to_string(pid));
    }
    add_descendants(pid, children, all);
  }
  ProcessCost cost;
  for (const pid_t pid : all) {
    cost.cpu += cpu_of(pid);
    add_ticks(pid, cost);
    add_memory(pid, cost);
  }
  return cost;
}

}  // namespace geomatch::load

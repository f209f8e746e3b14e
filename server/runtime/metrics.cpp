#include "server/runtime/metrics.hpp"

#include <utility>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace foyer::runtime {

Metrics::Metrics() : registry_(std::make_unique<prometheus::Registry>()) {}

Metrics::~Metrics() = default;

prometheus::Counter& Metrics::counter(const std::string& name, const std::string& help,
                                      const std::map<std::string, std::string>& labels) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(*registry_).Add(labels);
}

prometheus::Gauge& Metrics::gauge(const std::string& name, const std::string& help,
                                  const std::map<std::string, std::string>& labels) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(*registry_).Add(labels);
}

prometheus::Histogram& Metrics::histogram(const std::string& name, const std::string& help,
                                          const std::vector<double>& bounds,
                                          const std::map<std::string, std::string>& labels) {
  return prometheus::BuildHistogram().Name(name).Help(help).Register(*registry_).Add(labels, bounds);
}

void Metrics::before_collection(std::function<void()> refresh) {
  const std::lock_guard lock{mutex_};
  refreshers_.push_back(std::move(refresh));
}

std::string Metrics::text() const {
  {
    const std::lock_guard lock{mutex_};
    for (const auto& refresh : refreshers_) {
      refresh();
    }
  }
  return prometheus::TextSerializer().Serialize(registry_->Collect());
}

}  // namespace foyer::runtime

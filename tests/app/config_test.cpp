#include "server/config.hpp"

#include <cstdio>
#include <fstream>

#include <gtest/gtest.h>

using foyer::Config;
using foyer::ConfigErrors;
using foyer::make_config;
using Settings = std::map<std::string, std::string>;

namespace {

Config good(const Settings& file, const Settings& environment) {
  return std::get<Config>(make_config(file, environment));
}

std::vector<std::string> errors_of(const Settings& file, const Settings& environment) {
  return std::get<ConfigErrors>(make_config(file, environment)).lines;
}

TEST(Config, HasDefaultsThatServeOnLoopback) {
  const Config config = good({}, {});
  EXPECT_EQ(config.listen.host, "127.0.0.1");
  EXPECT_EQ(config.listen.port, 8080);
  EXPECT_EQ(config.public_url, "http://127.0.0.1:8080");
  EXPECT_EQ(config.workers, 1);
  EXPECT_TRUE(config.rate_limits);
}

TEST(Config, PrefersTheEnvironmentToTheFile) {
  const Config config = good({{"workers", "2"}, {"listen", "127.0.0.1:1"}}, {{"FOYER_WORKERS", "3"}});
  EXPECT_EQ(config.workers, 3);
  EXPECT_EQ(config.listen.port, 1);
}

TEST(Config, ReportsEveryWrongAndUnknownKeyAtOnce) {
  const auto lines = errors_of({{"colour", "red"}}, {{"FOYER_WORKERS", "many"}, {"FOYER_LISTN", "x"}});
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0], "colour: there is no such setting");
  EXPECT_EQ(lines[1], "FOYER_LISTN: there is no such setting");
  EXPECT_EQ(lines[2], "FOYER_WORKERS: must be a number from 1 to 64");
}

TEST(Config, NeverRepeatsAValueThatMayHoldASecret) {
  for (const std::string& line : errors_of({}, {{"FOYER_REDIS_URL", "redis://:hunter2@host"}})) {
    EXPECT_EQ(line.find("hunter2"), std::string::npos);
  }
}

TEST(Config, ReadsAddressesWithIpv6InBrackets) {
  foyer::Address address;
  EXPECT_TRUE(foyer::parse_address("[::1]:8080", address));
  EXPECT_EQ(address.host, "::1");
  EXPECT_FALSE(foyer::parse_address("::1:8080", address));
  EXPECT_FALSE(foyer::parse_address("127.0.0.1", address));
  EXPECT_FALSE(foyer::parse_address("127.0.0.1:70000", address));
  EXPECT_FALSE(foyer::parse_address(":80", address));
}

TEST(Config, WantsAnOriginAsPublicUrl) {
  EXPECT_EQ(good({}, {{"FOYER_PUBLIC_URL", "https://foyer.example/"}}).public_url, "https://foyer.example");
  EXPECT_EQ(errors_of({}, {{"FOYER_PUBLIC_URL", "https://foyer.example/forum"}}).size(), 1u);
  EXPECT_EQ(errors_of({}, {{"FOYER_PUBLIC_URL", "foyer.example"}}).size(), 1u);
  EXPECT_EQ(errors_of({}, {{"FOYER_PUBLIC_URL", "http://foyer.example:99999"}}).size(), 1u);
  EXPECT_EQ(good({}, {{"FOYER_PUBLIC_URL", "http://[::1]:8080"}}).public_url, "http://[::1]:8080");
}

TEST(Config, ReadsTrustedProxiesAsAList) {
  const Config config = good({}, {{"FOYER_TRUSTED_PROXIES", "127.0.0.1, ::1, 10.0.0.0/8"}});
  EXPECT_EQ(config.trusted_proxies, (std::vector<std::string>{"127.0.0.1", "::1", "10.0.0.0/8"}));
  EXPECT_EQ(errors_of({}, {{"FOYER_TRUSTED_PROXIES", "proxy.example"}}).size(), 1u);
}

TEST(Config, RefusesToStartWithTlsSettingsItWouldNotHonour) {
  EXPECT_EQ(errors_of({}, {{"FOYER_TLS_LISTEN", "0.0.0.0:443"}}).size(), 1u);
}

TEST(SettingsFile, NamesTheLineThatIsNotToml) {
  const std::string path = ::testing::TempDir() + "/broken.toml";
  std::ofstream(path) << "workers = 2\nlisten = \n";
  const auto read = foyer::read_settings_file(path);
  EXPECT_NE(std::get<ConfigErrors>(read).lines.at(0).find("broken.toml:2:"), std::string::npos);
  std::remove(path.c_str());
}

TEST(SettingsFile, ReadsStringsNumbersAndLists) {
  const std::string path = ::testing::TempDir() + "/good.toml";
  std::ofstream(path) << "workers = 2\nlisten = \"127.0.0.1:9\"\ntrusted_proxies = [\"127.0.0.1\", \"::1\"]\n";
  const auto read = std::get<Settings>(foyer::read_settings_file(path));
  EXPECT_EQ(read.at("workers"), "2");
  EXPECT_EQ(read.at("trusted_proxies"), "127.0.0.1,::1");
  EXPECT_EQ(good(read, {}).listen.port, 9);
  std::remove(path.c_str());
}

}  // namespace

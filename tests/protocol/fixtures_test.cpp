// Every golden fixture against the codec. The cases stand in *_fixtures_test.cpp beside this file.
#include "tests/protocol/golden_fixtures.hpp"

namespace foyer::testing {
namespace {

FixtureCases all_cases() {
  FixtureCases all = request_fixtures();
  all.merge(view_fixtures());
  all.merge(live_fixtures());
  return all;
}

std::set<std::string> case_names() {
  std::set<std::string> names;
  for (const auto& [name, unused] : all_cases()) {
    names.insert(name);
  }
  return names;
}

TEST(GoldenFixtures, each_file_has_a_case_and_each_case_a_file) { EXPECT_EQ(fixture_names(), case_names()); }

class GoldenFixture : public ::testing::TestWithParam<std::string> {};

TEST_P(GoldenFixture, says_on_the_wire_what_it_says_in_cpp) {
  const std::optional<Fixture> fixture = read_fixture(GetParam());
  ASSERT_TRUE(fixture) << "not of the form {name,kind,value}";
  const FixtureCase expected = all_cases().at(GetParam());
  EXPECT_EQ(fixture->kind, expected.kind);
  expected.check(fixture->value);
}

std::string test_name(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  for (char& character : name) {
    character = character == '-' ? '_' : character;
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(all, GoldenFixture, ::testing::ValuesIn(case_names()), test_name);

}  // namespace
}  // namespace foyer::testing

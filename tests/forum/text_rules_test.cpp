#include "server/forum/text_rules.hpp"

#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "protocol/limits.hpp"

namespace foyer::forum {
namespace {

// "field:code" of the refusal, or "fine".
template <class Value>
std::string outcome(const Result<Value>& result) {
  if (result) return "fine";
  return result.error().fields.empty() ? "no field"
                                       : result.error().fields[0].field + ":" + result.error().fields[0].code;
}

TEST(TextRules, NormaliseAndTrim) {
  EXPECT_EQ(checked_body("  a\r\nb\rc \n ").value(), "a\nb\nc");
  EXPECT_EQ(checked_body("e\u0301").value(), "\u00e9");
  EXPECT_EQ(checked_title("  The Cranes Are Flying ").value(), "The Cranes Are Flying");
}

TEST(TextRules, CountCharactersNotBytes) {
  EXPECT_EQ(count_characters("aé漢😀"), 4U);
  std::string long_body;
  for (std::size_t count = 0; count < limits::post_characters; ++count) long_body += "漢";
  EXPECT_EQ(outcome(checked_body(long_body)), "fine");
  EXPECT_EQ(outcome(checked_body(long_body + "x")), "body:too_long");
  EXPECT_EQ(outcome(checked_title("ab")), "title:too_short");
  EXPECT_EQ(outcome(checked_title(" a ")), "title:too_short");
  EXPECT_EQ(outcome(checked_title("abc")), "fine");
  EXPECT_EQ(outcome(checked_title(std::string(200, 'x'))), "fine");
  EXPECT_EQ(outcome(checked_title(std::string(201, 'x'))), "title:too_long");
}

TEST(TextRules, RefuseTextWithNothingToSee) {
  for (const char* text :
       {"", " ", "\n\t\n", "\u00a0\u2003", "\u200b\u200d", "\ufeff", "\u2800", "\u3164", "\u200e\u00ad"}) {
    EXPECT_EQ(outcome(checked_body(text)), "body:required") << text;
    EXPECT_EQ(outcome(checked_title(text)), "title:required") << text;
  }
}

TEST(TextRules, RefuseControlCharactersAndBrokenUtf8) {
  for (const std::string& text :
       {std::string("a\0b", 3), std::string("a\x01"), std::string("a\x1b[0m"), std::string("a\x7f"),
        std::string("a\u0085b"), std::string("a\uffff"), std::string("a\xff"), std::string("a\xc3"),
        std::string("\xed\xa0\x80"), std::string("\xc0\x80")}) {
    EXPECT_EQ(outcome(checked_body(text)), "body:invalid_text");
    EXPECT_EQ(outcome(checked_title("abc" + text)), "title:invalid_text");
  }
  EXPECT_EQ(outcome(checked_body("a\n\tb")), "fine");
}

TEST(TextRules, AllowOneLineOnlyInTitlesAndLines) {
  for (const char* text : {"one\ntwo", "one\ttwo", "one\u2028two", "one\u202etwo", "one\u2066two"}) {
    EXPECT_EQ(outcome(checked_title(text)), "title:invalid_text") << text;
    EXPECT_EQ(outcome(checked_line(text, "reason", 100)), "reason:invalid_text") << text;
  }
  EXPECT_EQ(outcome(checked_text("one\ntwo", "note", 100)), "fine");
  EXPECT_EQ(outcome(checked_line(std::string(11, 'x'), "name", 10)), "name:too_long");
}

TEST(TextRules, TakeOrdinaryEmailAddresses) {
  EXPECT_EQ(checked_email(" Mira.K+foyer@Example.ORG ").value(), "mira.k+foyer@example.org");
  for (const char* text :
       {"a", "@b.org", "a@", "a@b", "a@@b.org", "a b@c.org", "a@b.org\nBcc: x@y.org", "a..b@c.org", ".a@c.org",
        "a@-c.org", "a@c..org", "<a@c.org>", "a@c.org,b@c.org", "a@c.org;x", "\"a\"@c.org"}) {
    EXPECT_NE(outcome(checked_email(text)), "fine") << text;
  }
  EXPECT_EQ(outcome(checked_email(std::string(250, 'a') + "@b.org")), "email:too_long");
}

TEST(TextRules, MeasurePasswordsInCharactersAndTypeThemAlikeOnAllKeyboards) {
  EXPECT_EQ(outcome(checked_password("1234567")), "password:too_short");
  EXPECT_EQ(outcome(checked_password("  spaces count  ")), "fine");
  EXPECT_EQ(checked_password("  spaces count  ").value(), "  spaces count  ");
  EXPECT_EQ(outcome(checked_password("")), "password:required");
  EXPECT_EQ(outcome(checked_password(std::string(257, 'x'))), "password:too_long");
  EXPECT_EQ(normalized_password("passwo\u0308rd"), normalized_password("passw\u00f6rd"));
}

TEST(TextRules, TakeVisibleAsciiAsIdempotencyKey) {
  EXPECT_EQ(outcome(checked_idempotency_key("12345678")), "fine");
  EXPECT_EQ(outcome(checked_idempotency_key("1234567")), "idempotency_key:too_short");
  EXPECT_EQ(outcome(checked_idempotency_key(std::string(129, 'x'))), "idempotency_key:too_long");
  EXPECT_EQ(outcome(checked_idempotency_key("1234 5678")), "idempotency_key:invalid_text");
  EXPECT_EQ(outcome(checked_idempotency_key("1234567é")), "idempotency_key:invalid_text");
}

TEST(MemberNames, AreLettersAndDigitsOfOneScript) {
  for (const char* name :
       {"Mira", "mira_k", "mira-k2", "Мира", "美良", "みら", "ميرا", "Ελένη", "José", "हिन्दी", "7up"}) {
    EXPECT_EQ(outcome(checked_member_name(name)), "fine") << name;
  }
  EXPECT_EQ(checked_member_name(" Mira ").value().shown, "Mira");
  for (const char* name :
       {"mira k", "mi.ra", "<b>", "mira@x", "_mira", "-mira", "mi\nra", "😀😀", "mi/ra", "mi%ra", "a\u202eb",
        "mi\u200bra", "mi\u200dra", "\u0301mira", "mi\u0301\u0302\u0303\u0304ra", "a\u3164b", "ab\u200e"}) {
    EXPECT_EQ(outcome(checked_member_name(name)), "name:invalid_text") << name;
  }
  EXPECT_EQ(outcome(checked_member_name("miга")), "name:mixed_scripts");  // Cyrillic end
  EXPECT_EQ(outcome(checked_member_name("a")), "name:too_short");
  EXPECT_EQ(outcome(checked_member_name(std::string(31, 'a'))), "name:too_long");
  EXPECT_EQ(outcome(checked_member_name("")), "name:required");
}

TEST(MemberNames, ThatLookAlikeAreTheSame) {
  const auto key = [](const char* name) { return checked_member_name(name).value().key; };
  EXPECT_EQ(key("Mira"), key("mira"));
  EXPECT_EQ(key("paul"), key("pau1"));
  EXPECT_EQ(key("bob0"), key("BOBO"));
  EXPECT_EQ(key("ｍｉｒａ"), key("mira"));
  EXPECT_EQ(key("scope"), key("ѕсоре"));  // all Cyrillic
  EXPECT_NE(key("mira"), key("mina"));
  EXPECT_NE(key("user11"), key("user12"));
  EXPECT_EQ(member_name_key("MIRA"), key("mira"));
  EXPECT_EQ(member_name_key("nobody@example.org"), "");
  EXPECT_EQ(member_name_key(""), "");
  EXPECT_EQ(member_name_key("a\xff"), "");
  EXPECT_EQ(member_name_key(std::string(100'000, 'a')), "");
}

TEST(MemberNames, OfTheHouseAreReserved) {
  for (const char* name : {"admin", "Admin", "ADMIN", "moderator", "m0derator", "Foyer", "f-o-y-e-r", "system",
                           "deleted", "аdmin", "guest", "a_d_m_i_n"}) {
    EXPECT_NE(outcome(checked_member_name(name)), "fine") << name;
  }
  EXPECT_EQ(outcome(checked_member_name("admiral")), "fine");
}

TEST(Slugs, AreWrittenInLatinLetters) {
  EXPECT_EQ(slug_of("The Cranes Are Flying"), "the-cranes-are-flying");
  EXPECT_EQ(slug_of("Летят журавли"), "letat-zuravli");
  EXPECT_EQ(slug_of("  It's -- Amélie!  "), "its-amelie");
  EXPECT_EQ(slug_of("Łódź & Straße"), "lodz-strasse");
  EXPECT_EQ(slug_of("???"), "untitled");
  EXPECT_EQ(slug_of(""), "untitled");
  EXPECT_EQ(slug_of("../../etc/passwd"), "etc-passwd");
  const std::string slug = slug_of("七人の侍");
  EXPECT_NE(slug, "untitled");
  EXPECT_EQ(slug.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"), std::string::npos);
  const std::string shortened = slug_of(std::string(60, 'a') + " " + std::string(60, 'b'));
  EXPECT_EQ(shortened, std::string(60, 'a'));
  EXPECT_EQ(slug_of(std::string(300, 'x')).size(), 80U);
}

TEST(SearchKeys, FoldCaseAndDiacritics) {
  EXPECT_EQ(search_key_of("The  Cranes—Are Flying!"), "the cranes are flying");
  EXPECT_EQ(search_key_of("AMÉLIE"), "amelie");
  EXPECT_EQ(search_key_of("Łukasz Żal"), "lukasz zal");
  EXPECT_EQ(search_key_of("L'Avventura"), "lavventura");
  EXPECT_EQ(search_key_of("Straße Ørsted Æon"), "strasse orsted aeon");
  EXPECT_EQ(search_key_of("Летят Журавли"), "летят журавли");
  EXPECT_EQ(search_key_of("..."), "");
}

TEST(TextRules, MayBeUsedFromManyThreads) {
  std::vector<std::thread> threads;
  std::vector<int> right(4);
  for (std::size_t index = 0; index < right.size(); ++index) {
    threads.emplace_back([&right, index] {
      for (int round = 0; round < 50; ++round) {
        right[index] +=
            slug_of("Летят журавли") == "letat-zuravli" && member_name_key("Mira") == member_name_key("mira");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, std::vector<int>(4, 50));
}

}  // namespace
}  // namespace foyer::forum

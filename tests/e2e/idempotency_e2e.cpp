#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "tests/support/forum.hpp"

using namespace foyer::testing;

namespace {

class Idempotency : public ::testing::Test {
 protected:
  static Forum& forum() {
    static Forum shared{2};
    return shared;
  }
  static std::string posts_path(std::int64_t thread) { return "/api/v1/threads/" + std::to_string(thread) + "/posts"; }
};

TEST_F(Idempotency, APostRetriedAfterALostAnswerExistsOnce) {
  HttpClient nora = forum().member("nora", 0);
  const std::int64_t thread = forum().start_thread(nora);
  // The answer is lost: the request is sent whole and the connection cut without reading.
  {
    TcpStream stream{forum().port(0)};
    const std::string body = body_json("only once");
    stream.send("POST " + posts_path(thread) + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(forum().port(0)) +
                "\r\nOrigin: http://127.0.0.1:" + std::to_string(forum().port(0)) + "\r\nCookie: " + nora.cookie() +
                "\r\nIdempotency-Key: lost-answer-1\r\nContent-Type: application/json\r\nContent-Length: " +
                std::to_string(body.size()) + "\r\n\r\n" + body);
  }
  ASSERT_TRUE(eventually([&] { return all_posts(nora, thread).size() == 2; }, std::chrono::seconds{10}));
  nora.use_port(forum().port(1));
  const HttpAnswer again =
      nora.send_json("POST", posts_path(thread), body_json("only once"), {{"Idempotency-Key", "lost-answer-1"}});
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(integer(again.json().at("post"), "number"), 2);
  EXPECT_EQ(integer(again.json(), "seq"), 2);
  EXPECT_EQ(all_posts(nora, thread).size(), 2u);
}

TEST_F(Idempotency, TheSameKeyWithAnotherBodyIsRefused) {
  HttpClient olaf = forum().member("olaf", 0);
  const std::int64_t thread = forum().start_thread(olaf);
  const Headers key{{"Idempotency-Key", "reused-key-1"}};
  ASSERT_EQ(olaf.send_json("POST", posts_path(thread), body_json("one"), key).status, 201);
  const HttpAnswer other = olaf.send_json("POST", posts_path(thread), body_json("two"), key);
  EXPECT_EQ(other.status, 422);
  EXPECT_EQ(text(other.json(), "code"), "key_reused");
}

TEST_F(Idempotency, ThreadsAreStartedOnceForOneKey) {
  HttpClient pia = forum().member("pia", 0);
  const std::string request = R"({"film_ids":[],"kind":"discussion","title":"On endings","body":"Discuss."})";
  const Headers key{{"Idempotency-Key", "thread-key-1"}};
  const HttpAnswer first = pia.send_json("POST", "/api/v1/threads", request, key);
  ASSERT_EQ(first.status, 201) << first.body;
  const HttpAnswer second = pia.send_json("POST", "/api/v1/threads", request, key);
  EXPECT_EQ(second.status, 201);
  EXPECT_EQ(integer(first.json().at("thread"), "id"), integer(second.json().at("thread"), "id"));
}

TEST_F(Idempotency, TwoNodesRacingTheSameKeyMakeOnePost) {
  HttpClient quin = forum().member("quin", 0);
  const std::int64_t thread = forum().start_thread(quin);
  for (int round = 0; round < 20; ++round) {
    const Headers key{{"Idempotency-Key", "raced-key-" + std::to_string(round)}};
    std::vector<std::int64_t> ids(4);
    std::vector<std::thread> racers;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      racers.emplace_back([&, i] {
        HttpClient racer = quin;
        racer.use_port(forum().port(i % 2));
        const HttpAnswer answer = racer.send_json("POST", posts_path(thread), body_json("raced"), key);
        EXPECT_EQ(answer.status, 201) << answer.body;
        ids[i] = integer(answer.json().at("post"), "id");
      });
    }
    for (std::thread& racer : racers) {
      racer.join();
    }
    EXPECT_EQ(std::set<std::int64_t>(ids.begin(), ids.end()).size(), 1u);
  }
  EXPECT_EQ(all_posts(quin, thread).size(), 21u);
}

TEST_F(Idempotency, FirstCommentsOnAFilmRacingOnTwoNodesMakeOneThread) {
  HttpClient rosa = forum().member("rosa", 0);
  const std::string path = "/api/v1/films/" + std::to_string(forum().film_id()) + "/comments";
  std::vector<std::int64_t> made_in(8);
  std::vector<std::thread> racers;
  for (std::size_t i = 0; i < made_in.size(); ++i) {
    racers.emplace_back([&, i] {
      HttpClient racer = rosa;
      racer.use_port(forum().port(i % 2));
      const HttpAnswer answer = racer.send_json("POST", path, body_json("first!"));
      ASSERT_EQ(answer.status, 201) << answer.body;
      made_in[i] = integer(answer.json().at("post"), "thread_id");
    });
  }
  for (std::thread& racer : racers) {
    racer.join();
  }
  EXPECT_EQ(std::set<std::int64_t>(made_in.begin(), made_in.end()).size(), 1u);
  EXPECT_EQ(all_posts(rosa, made_in[0]).size(), made_in.size());
}

}  // namespace

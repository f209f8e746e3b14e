#include "server/live/database_rights.hpp"

#include <exception>
#include <optional>
#include <utility>

#include "server/forum/guarded.hpp"
#include "server/runtime/log.hpp"
#include "server/runtime/on_worker.hpp"
#include "server/runtime/spawn.hpp"

namespace foyer::live {
namespace {

RightsAnswer answer_of(persistence::Transaction& transaction, const RightsQuestion& question) {
  RightsAnswer answer;
  if (question.changed_since) {
    answer.changes = persistence::read_access_changes(transaction, *question.changed_since);
  }
  if (!question.proofs.empty()) {
    answer.actors = forum::identify(transaction, question.proofs);
  }
  return answer;
}

}  // namespace

struct DatabaseRights::State {
  static runtime::Task<> run(std::shared_ptr<State> self, RightsQuestion question, Done done) {
    auto job = forum::guarded([&database = self->database, question = std::move(question)] {
      return database.read([&](persistence::Transaction& transaction) -> Result<RightsAnswer> {
        return answer_of(transaction, question);
      });
    });
    std::optional<Result<RightsAnswer>> answer;
    try {
      answer = co_await runtime::on_worker(self->workers, std::move(job));
    } catch (const std::exception& failure) {  // a bug; whoever asked must still hear that the read has ended
      runtime::log(runtime::LogLevel::error, "rights not read", {{"reason", std::string_view(failure.what())}});
      answer = refused(ErrorCode::internal, "It could not be found out who you are.");
    }
    if (self->open) {
      done(std::move(*answer));
    }
  }

  runtime::Executor executor;
  persistence::Database& database;
  runtime::WorkerPool& workers;
  bool open = true;
};

DatabaseRights::DatabaseRights(runtime::Executor executor, persistence::Database& database,
                               runtime::WorkerPool& workers)
    : state_(std::make_shared<State>(State{std::move(executor), database, workers})) {}

DatabaseRights::~DatabaseRights() { state_->open = false; }

void DatabaseRights::read(RightsQuestion question, Done done) {
  runtime::spawn(state_->executor, "live rights", State::run(state_, std::move(question), std::move(done)));
}

}  // namespace foyer::live

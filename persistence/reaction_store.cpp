#include "persistence/reaction_store.hpp"

#include "persistence/transaction_impl.hpp"

namespace foyer::persistence {
namespace {

constexpr Statement insert_reaction{"insert_reaction", R"(
  insert into post_reactions (post_id, member_id, name) values ($1, $2, $3) on conflict do nothing)"};

constexpr Statement delete_reaction{"delete_reaction",
                                    "delete from post_reactions where post_id = $1 and member_id = $2 and name = $3"};

constexpr Statement reactions_of_member{"reactions_of_member", R"(
  select post_id from post_reactions where post_id = any ($3::bigint[]) and member_id = $1 and name = $2
  order by post_id)"};

}  // namespace

bool add_reaction(Transaction& transaction, PostId post, UserId member, Reaction reaction) {
  return execute(transaction, insert_reaction, post, member, reaction).affected_rows() > 0;
}

bool remove_reaction(Transaction& transaction, PostId post, UserId member, Reaction reaction) {
  return execute(transaction, delete_reaction, post, member, reaction).affected_rows() > 0;
}

std::vector<PostId> find_reacted(Transaction& transaction, UserId member, Reaction reaction,
                                 const std::vector<PostId>& posts) {
  std::vector<PostId> reacted;
  for (const pqxx::row& columns : execute(transaction, reactions_of_member, member, reaction, posts)) {
    reacted.push_back(RowReader{columns}.next<PostId>());
  }
  return reacted;
}

}  // namespace foyer::persistence

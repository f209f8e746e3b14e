#include "persistence/person_variants.hpp"

#include "persistence/transaction_impl.hpp"

namespace foyer::persistence {
namespace {

// Each list travels as an array literal of its own. In the order of keys, as two imports could else lock each other.
constexpr Statement fill{"fill_variants", R"(
  with given as (
    select distinct on (name_key) name_key, variants::text[] as variants
    from unnest($1::text[], $2::text[]) as g (name_key, variants) order by name_key),
  bare as (
    select p.id, given.variants from given join people p on p.name_key = given.name_key and p.variants = '{}'
    order by p.id for update of p)
  update people p set variants = bare.variants from bare where p.id = bare.id)"};

}  // namespace

std::int64_t fill_variants(Transaction& transaction, const std::vector<PersonVariants>& people) {
  ArrayText keys;
  ArrayText variants;
  for (const PersonVariants& person : people) {
    keys.add(person.name_key);
    variants.add(array_text(person.variants));
  }
  return static_cast<std::int64_t>(execute(transaction, fill, keys.take(), variants.take()).affected_rows());
}

}  // namespace foyer::persistence

-- A film's list of threads begins with its pinned ones. They are few in the whole forum: found by this index they cost
-- nothing beside the film's own threads, which may be thousands.

create index threads_pinned on threads (id) where pinned;

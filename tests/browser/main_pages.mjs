// The addresses of the main pages, with something on each of them.

const longWord = "Donaudampfschifffahrtsgesellschaftskapitän".repeat(3);

export async function mainPages(world, context) {
  const film = await world.film(context, "The Cranes Are Flying");
  const thread = await world.discussion(context, "How was the staircase shot done, and who carried the camera?", 4);
  const posts = `/api/v1/threads/${thread.id}/posts`;
  const { post } = await world.call(context, "POST", posts, {
    body: `He says: "a *crane* on a spiral rail".\n\n> The camera falls in love with him.\n\n${longWord}\n\n\`${longWord}\`\n\nAnd ||she gives away the flowers||.`,
    reply_to: 2,
  });
  await world.call(context, "POST", `/api/v1/films/${film.id}/comments`, { body: "Seen it again last night." });
  const { thread: search } = await world.call(context, "POST", "/api/v1/threads", {
    film_ids: [],
    kind: "identify",
    title: "Which film has a squirrel toy and a letter?",
    body: "A train, a letter.",
    clues: { decade: 1950, country: "Soviet Union", scene: `A toy.\n${longWord}` },
  });
  const link = `[${film.title}](${film.path})`;
  await world.call(context, "POST", `/api/v1/threads/${search.id}/posts`, { body: `It is ${link}.` });
  const { crew } = await world.call(context, "GET", `/api/v1/films/${film.id}`);
  await world.call(context, "PUT", `/api/v1/films/${film.id}/review`, {
    body: `It *weeps*, ${longWord} and ||flies||.`,
    score: 9,
    contains_spoilers: true,
  });
  const { thread: review } = await world.call(context, "GET", `/api/v1/films/${film.id}/review`);
  return {
    front: "/",
    films: "/films",
    "films by title": "/films?q=the",
    search: "/search?q=staircase",
    "search of posts": "/search?q=crane&in=posts",
    "empty search": "/search",
    "search that is not understood": "/search?q=kind:poem",
    film: film.path,
    cast: `${film.path}/cast`,
    person: `/people/${crew[0].id}`,
    "work of a person": `/people/${crew[0].id}?job=directing`,
    reviews: `${film.path}/reviews`,
    review: `/threads/${review.id}-${review.slug}`,
    "review form": `${film.path}/review`,
    "film form": `${film.path}/edit`,
    "history of a film": `${film.path}/history`,
    threads: "/threads",
    thread: thread.path,
    "reply to a post": `${thread.path}?reply_to=2#reply`,
    "search for a film": `/threads/${search.id}-${search.slug}`,
    "new thread": `/threads/new?film=${film.id}`,
    register: "/register",
    login: "/login",
    settings: "/settings",
    member: `/members/${post.author.name}`,
    edit: `/posts/${post.id}/edit`,
    delete: `/posts/${post.id}/delete`,
    remove: `/posts/${post.id}/remove`,
    history: `/posts/${post.id}/history`,
    "moderation log": "/moderation/log",
    "not found": "/films/999999999-nothing",
  };
}

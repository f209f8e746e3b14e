// The line of a thread that looks for a film: still looking, or found. Written by the server; this keeps it true.

import { filmTitle, yearInParentheses } from "./film_title.ts";
import type { Post, Thread } from "./protocol.ts";

type FilmLink = NonNullable<Thread["solved"]>;

function linkTo({ id, slug, title }: FilmLink): HTMLAnchorElement {
  const link = document.createElement("a");
  link.href = `/films/${id}-${slug}`;
  link.append(filmTitle(title));
  return link;
}

// To whoever decides: an answer that came names a film, which can be accepted once the page is loaded again.
export function showNamedFilm({ html }: Post): void {
  const news = document.querySelector<HTMLElement>(".named-news");
  if (news !== null && html?.includes('class="film-title"')) news.hidden = false;
}

export function showSearchState({ solved }: Thread): void {
  const line = document.getElementById("search-state");
  const film = String(solved?.id ?? "");
  if (line === null || line.dataset["film"] === film) return;
  line.dataset["film"] = film;
  if (solved === null) {
    line.textContent = "Looking for a film";
  } else {
    line.replaceChildren("Solved: ", linkTo(solved), yearInParentheses(solved.year));
  }
  // What can be chosen there was chosen, or taken back, meanwhile.
  for (const part of document.querySelectorAll<HTMLElement>(".named-films, .unsolve")) {
    part.hidden = part.classList.contains("unsolve") === (solved === null);
  }
  const news = document.querySelector<HTMLElement>(".named-news");
  if (news !== null && solved !== null) news.hidden = true;
}

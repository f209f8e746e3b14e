// Discussions and reviews that came to the film after its page: the page does not move by itself, so they are offered.

import type { FilmNews } from "./protocol.ts";
import { emptyGone } from "./thread_rows.ts";

const mostNamed = 10; // news_threads_max in server/forum/films.cpp

export function showArrivals({ threads, reviews }: FilmNews): void {
  emptyGone(document, threads, mostNamed);
  for (const link of document.querySelectorAll<HTMLElement>(".show-new")) {
    const newest = link.dataset["newest"];
    const some = newest
      ? reviews.some((each) => each.thread_id > Number(newest))
      : threads.some(({ id }) => document.querySelector(`main .thread-row[data-thread="${id}"]`) === null);
    link.classList.toggle("offered", some);
  }
}

// Discussions and reviews that came to the film after its page: the page does not move by itself, so they are offered.
// What is gone from the film keeps its place in the list, and says no more.

import type { FilmNews } from "./protocol.ts";

// The news name at most this many discussions (news_threads_max in server/forum/films.cpp): with fewer they are all.
const mostNamed = 10;

export function showArrivals({ threads, reviews }: FilmNews): void {
  const named = new Set(threads.map(({ id }) => id));
  for (const row of document.querySelectorAll<HTMLElement>(".discussions .thread-row")) {
    // Only what earlier news named: the first may be older than the page.
    if (named.delete(Number(row.dataset["thread"]))) row.classList.add("named");
    else if (row.classList.contains("named") && threads.length < mostNamed) {
      row.style.minHeight = `${row.offsetHeight}px`;
      row.className = "gone"; // and no row of a thread, so that what comes back is new here
      row.textContent = "Gone from here";
    }
  }
  for (const link of document.querySelectorAll<HTMLElement>(".show-new")) {
    const newest = link.dataset["newest"];
    const some = newest ? reviews.some(({ thread_id: id }) => id > Number(newest)) : named.size > 0;
    link.classList.toggle("offered", some);
  }
}

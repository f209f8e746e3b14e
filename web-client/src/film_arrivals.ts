// Discussions and reviews that came to the film after its page: the page does not move by itself, so they are offered.
// What is gone from the film keeps its place in the list, and says no more.

import type { FilmNews } from "./protocol.ts";

// The news name at most this many discussions (news_threads_max in server/forum/films.cpp): with fewer they are all.
const mostNamed = 10;

export class FilmArrivals {
  constructor() {
    for (const button of document.querySelectorAll(".show-new")) {
      button.addEventListener("click", () => location.reload());
    }
  }

  take(film: FilmNews): void {
    const rows = [...document.querySelectorAll<HTMLElement>("main .discussions .thread-row")];
    const listed = new Set(rows.map((row) => Number(row.dataset["thread"])));
    this.#offer("discussions", film.threads.some(({ id }) => !listed.has(id)));
    const shown = [...document.querySelectorAll<HTMLElement>(".review[data-excerpt]")].map((row) =>
      Number.parseInt(row.dataset["excerpt"] ?? "", 10),
    );
    this.#offer("reviews", film.reviews.some(({ thread_id: id }) => id > Math.max(0, ...shown)));
    if (film.threads.length === mostNamed) return;
    const named = new Set(film.threads.map(({ id }) => id));
    for (const row of rows.filter(({ dataset }) => !named.has(Number(dataset["thread"])))) this.#empty(row);
  }

  #offer(what: string, some: boolean): void {
    const button = document.querySelector<HTMLButtonElement>(`.show-new[data-new="${what}"]`);
    if (button !== null && button.hidden === some) button.hidden = !some;
  }

  #empty(row: HTMLElement): void {
    if (row.classList.contains("gone")) return;
    row.style.minHeight = `${row.offsetHeight}px`;
    row.classList.add("gone");
    row.replaceChildren("Not here any more");
  }
}

// What a film's page shows of other threads: reviews, and threads that may belong to it. A text that was changed or
// removed there goes from here at once; what stands there instead is read from the page as the server writes it now.

import { parsedPage } from "./live_html.ts";
import type { Excerpt, FilmNews } from "./protocol.ts";

// So that not all who look at a film ask for its page in the same moment; what is gone is gone from the screen already.
const spreadMs = 5_000;
// The page itself may be some seconds behind the news, and the answer may fail.
const mostAttempts = 5;
const renewed = [".review-list", ".related-list"] as const;

function isAsShown(row: HTMLElement, excerpts: readonly Excerpt[]): boolean {
  return excerpts.some((each) => row.dataset["excerpt"] === `${each.thread_id}:${each.digest}`);
}

export class FilmExcerpts {
  #reading = false;
  #attempts = 0;
  #last: FilmNews | null = null;

  take(film: FilmNews): void {
    this.#last = film;
    this.#attempts = 0;
    this.#compare(film);
  }

  #compare(film: FilmNews): void {
    const gone = [
      ...this.#rows(".review").filter((row) => !isAsShown(row, film.reviews)),
      ...this.#rows(".related").filter((row) => film.related !== null && !isAsShown(row, film.related)),
    ];
    for (const row of gone) row.querySelector(".snippet")?.replaceChildren();
    if (gone.length === 0) return;
    // What it tells search engines; they read the page as it comes from the server.
    document.querySelector('script[type="application/ld+json"]')?.remove();
    this.#renewSoon();
  }

  #rows(kind: string): HTMLElement[] {
    return [...document.querySelectorAll<HTMLElement>(`${kind}[data-excerpt]`)];
  }

  #renewSoon(): void {
    if (this.#reading || this.#attempts >= mostAttempts) return;
    this.#attempts += 1;
    this.#reading = true;
    setTimeout(() => {
      this.#renew()
        .catch(() => undefined) // compared below, as after every answer
        .finally(() => {
          this.#reading = false;
          if (this.#last !== null) this.#compare(this.#last);
        });
    }, Math.random() * spreadMs * this.#attempts);
  }

  async #renew(): Promise<void> {
    const answer = await fetch(location.pathname);
    if (!answer.ok) return;
    const page = parsedPage(await answer.text());
    for (const selector of renewed) {
      const now = page.querySelector(selector);
      const shown = document.querySelector(selector);
      if (now === null) shown?.remove();
      else shown?.replaceWith(now);
    }
  }
}

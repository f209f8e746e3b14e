// What a film's page shows of other threads: reviews, and threads that may belong to it. A text that was changed or
// removed there goes from here at once; what stands there instead is read from the page as the server writes it now.

import { parsedPage } from "./live_html.ts";
import type { Excerpt, FilmNews } from "./protocol.ts";

// So that not all who look at a film ask for its page in the same moment.
const spreadMs = 2_000;
const renewed = [".review-list", ".related-list", 'script[type="application/ld+json"]'] as const;

function isAsShown(row: HTMLElement, excerpts: readonly Excerpt[]): boolean {
  return excerpts.some((each) => row.dataset["excerpt"] === `${each.thread_id}:${each.digest}`);
}

export class FilmExcerpts {
  #reading = false;

  take(film: FilmNews): void {
    const gone = [
      ...this.#rows(".review").filter((row) => !isAsShown(row, film.reviews)),
      ...this.#rows(".related").filter((row) => film.related !== null && !isAsShown(row, film.related)),
    ];
    for (const row of gone) row.querySelector(".snippet")?.replaceChildren();
    if (gone.length > 0) this.#renewSoon();
  }

  #rows(kind: string): HTMLElement[] {
    return [...document.querySelectorAll<HTMLElement>(`${kind}[data-excerpt]`)];
  }

  #renewSoon(): void {
    if (this.#reading) return;
    this.#reading = true;
    setTimeout(() => {
      this.#renew()
        .catch(() => undefined) // the next news try again
        .finally(() => {
          this.#reading = false;
        });
    }, Math.random() * spreadMs);
  }

  async #renew(): Promise<void> {
    const answer = await fetch(location.pathname, { headers: { accept: "text/html" } });
    if (!answer.ok) return;
    const page = parsedPage(await answer.text());
    for (const selector of renewed) {
      const now = page.querySelector(selector);
      const shown = document.querySelector(selector);
      if (now === null) shown?.remove();
      else shown?.replaceWith(document.importNode(now, true));
    }
  }
}

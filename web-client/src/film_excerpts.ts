// What a film's page shows of other threads: reviews, and threads that may belong to it. A text that was changed or
// removed there goes from here at once; what stands there instead is read from the page as the server writes it now.
// Every row keeps its place and is no lower than it was.

import { parsedPage } from "./live_html.ts";
import type { Excerpt, FilmNews } from "./protocol.ts";
import { forgetWordsForEngines } from "./removals.ts";
import { keepHeight, sayGone } from "./thread_rows.ts";

// So that not all who look at a film ask for its page in the same moment; what is gone is gone from the screen already.
const spreadMs = 5_000;
// The page itself may be some seconds behind the news, and the answer may fail.
const mostAttempts = 5;

function isAsNamed(row: HTMLElement, excerpts: readonly Excerpt[]): boolean {
  return excerpts.some((each) => row.dataset["excerpt"] === `${each.thread_id}:${each.digest}`);
}

export class FilmExcerpts {
  #reading = false;
  #attempts = 0;
  // What the film says of the texts in a list. Of what nobody looked for yet nothing is known.
  #named: Record<string, readonly Excerpt[] | null> = {};

  take({ reviews, related }: FilmNews): void {
    this.#named = { review: reviews, related };
    this.#attempts = 0;
    this.#compare();
  }

  // A row stays empty until the page and the news agree about it.
  #compare(): void {
    for (const row of document.querySelectorAll<HTMLElement>("[data-excerpt]")) {
      const excerpts = this.#named[row.className];
      if (!excerpts || isAsNamed(row, excerpts)) continue;
      keepHeight(row);
      row.classList.add("emptied");
      row.querySelector(".snippet")?.replaceChildren();
      forgetWordsForEngines();
    }
    if (this.#reading || this.#attempts >= mostAttempts || !document.querySelector(".emptied")) return;
    this.#attempts += 1;
    this.#reading = true;
    setTimeout(() => {
      this.#renew()
        .catch(() => undefined) // compared below, as after every answer
        .finally(() => {
          this.#reading = false;
          this.#compare();
        });
    }, Math.random() * spreadMs * this.#attempts);
  }

  async #renew(): Promise<void> {
    const answer = await fetch(location.pathname);
    if (!answer.ok) return;
    const page = parsedPage(await answer.text());
    for (const row of document.querySelectorAll<HTMLElement>(".emptied")) {
      const id = Number.parseInt(row.dataset["excerpt"] as string);
      const excerpts = this.#named[row.classList[0] as string] ?? [];
      const now = page.querySelector<HTMLElement>(`[data-excerpt^="${id}:"]`);
      if (now === null) {
        row.classList.remove("emptied");
        delete row.dataset["excerpt"];
        // Or else it stands, behind those that the page shows now.
        if (!excerpts.some((each) => each.thread_id === id)) sayGone(row);
      } else if (isAsNamed(now, excerpts)) {
        now.style.minHeight = row.style.minHeight;
        row.replaceWith(now);
      }
    }
  }
}

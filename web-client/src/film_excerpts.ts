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

function isAsShown(row: HTMLElement, excerpts: readonly Excerpt[]): boolean {
  return excerpts.some((each) => row.dataset["excerpt"] === `${each.thread_id}:${each.digest}`);
}

// The rows whose text is no longer so. Of what nobody looked for yet nothing is known.
function changedRows({ reviews, related }: FilmNews): HTMLElement[] {
  const among = (kind: string, excerpts: readonly Excerpt[]): HTMLElement[] =>
    [...document.querySelectorAll<HTMLElement>(kind)].filter((row) => !isAsShown(row, excerpts));
  return [...among(".review", reviews), ...(related === null ? [] : among(".related", related))];
}

export class FilmExcerpts {
  #reading = false;
  #attempts = 0;
  #changed = (): HTMLElement[] => [];

  take(film: FilmNews): void {
    this.#changed = () => changedRows(film);
    this.#attempts = 0;
    this.#compare();
  }

  #compare(): void {
    const rows = this.#changed();
    for (const row of rows) {
      keepHeight(row);
      row.querySelector(".snippet")?.replaceChildren();
    }
    if (rows.length === 0) return;
    forgetWordsForEngines();
    this.#renewSoon();
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
          this.#compare();
        });
    }, Math.random() * spreadMs * this.#attempts);
  }

  async #renew(): Promise<void> {
    const answer = await fetch(location.pathname);
    if (!answer.ok) return;
    const page = parsedPage(await answer.text());
    for (const row of this.#changed()) {
      const shown = row.dataset["excerpt"] ?? "";
      const now = page.querySelector<HTMLElement>(`[data-excerpt^="${shown.split(":")[0]}:"]`);
      if (now === null) {
        sayGone(row);
      } else if (now.dataset["excerpt"] !== shown) {
        now.style.minHeight = row.style.minHeight;
        row.replaceWith(now);
      }
    }
  }
}

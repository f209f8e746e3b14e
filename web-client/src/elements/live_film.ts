// <live-film>: what members give the film of the page, kept live, with the counts of its discussions further down. Who
// waits for the film's first comment hears of it here: a page follows a channel once.

import { showArrivals } from "../film_arrivals.ts";
import { FilmExcerpts } from "../film_excerpts.ts";
import type { LiveConnection } from "../live_connection.ts";
import type { FilmNews, Rating } from "../protocol.ts";
import { SnapshotFeed } from "../snapshot_feed.ts";
import { forgetNews, showActivity, showReaders } from "../thread_rows.ts";
import { ratingInWords, scoreInWords } from "../words.ts";

export interface FilmWatcher {
  changed(film: FilmNews): void;
  // Nothing that comes from now on is missed.
  followed(): void;
}

export class LiveFilm extends HTMLElement {
  static connection: LiveConnection;

  readonly #watchers = new Set<FilmWatcher>();
  readonly #excerpts = new FilmExcerpts();
  #following = false;
  #unfollow: (() => void) | null = null;

  connectedCallback(): void {
    const feed = new SnapshotFeed(
      (change) => {
        if (change.kind === "film") this.#take(change.film);
        if (change.kind === "readers") showReaders(document, change.readers);
      },
      () => {
        this.#following = true;
        forgetNews(document);
        this.toggleAttribute("data-following", true);
        for (const watcher of this.#watchers) watcher.followed();
      },
    );
    this.#unfollow = LiveFilm.connection.follow(`film:${this.dataset["film"] ?? ""}`, feed);
  }

  disconnectedCallback(): void {
    this.#unfollow?.();
    this.#unfollow = null;
  }

  // Until the returned function is called.
  watch(watcher: FilmWatcher): () => void {
    this.#watchers.add(watcher);
    if (this.#following) watcher.followed();
    return () => void this.#watchers.delete(watcher);
  }

  show(rating: Rating): void {
    const write = (selector: string, words: string): void => {
      const element = this.querySelector(selector);
      if (element !== null && element.textContent !== words) element.textContent = words;
    };
    write(".rating-score", rating.average === null ? "" : scoreInWords(rating.average));
    write(".rating-words", ratingInWords(rating.count));
    const histogram = this.querySelector<HTMLElement>(".histogram");
    if (histogram === null) return;
    histogram.hidden = rating.count === 0;
    const most = Math.max(1, ...rating.histogram);
    for (const [at, row] of [...histogram.querySelectorAll("li")].reverse().entries()) {
      const given = rating.histogram[at] ?? 0;
      const bar = row.querySelector("meter");
      if (bar !== null) Object.assign(bar, { max: most, value: given });
      const count = row.lastElementChild;
      if (count !== null) count.textContent = String(given);
    }
  }

  #take(film: FilmNews): void {
    this.show(film.rating);
    showArrivals(film);
    this.#excerpts.take(film);
    for (const thread of film.threads) {
      const row = document.querySelector<HTMLElement>(`main .thread-row[data-thread="${thread.id}"]`);
      if (row !== null) showActivity(row, thread);
    }
    for (const watcher of this.#watchers) watcher.changed(film);
  }
}

// <live-thread>: the posts of a thread, kept live. It reads where the page stands from its attributes, follows the
// thread (or the film, until its first comment makes the thread) and shows what comes.

import { eventsSince } from "../api.ts";
import { FilmFeed } from "../film_feed.ts";
import type { LiveConnection } from "../live_connection.ts";
import type { LiveEnvironment } from "../live_environment.ts";
import type { PendingRow } from "../pending_row.ts";
import { PostList } from "../post_list.ts";
import type { Envelope, Posted } from "../protocol.ts";
import { DecodeError, decodeChange } from "../protocol.ts";
import { reloadOnce } from "../reload.ts";
import { ThreadFeed } from "../thread_feed.ts";
import { ThreadHead } from "../thread_head.ts";
import { ThreadView } from "../thread_view.ts";
import { currentViewer } from "../viewer.ts";

const appliedEvery = 1_000;

export class LiveThread extends HTMLElement {
  static connection: LiveConnection;
  static environment: LiveEnvironment;

  #head: ThreadHead | null = null;
  #view: ThreadView | null = null;
  #feed: ThreadFeed | null = null;
  #template: HTMLTemplateElement | null = null;
  #channel = "";
  #unfollow: (() => void) | null = null;
  #appliedTimer: number | null = null;

  connectedCallback(): void {
    const list = this.querySelector<HTMLElement>(".posts");
    this.#template = this.querySelector<HTMLTemplateElement>("#post-template");
    if (list === null || this.#template === null) return;
    const viewer = currentViewer()?.id;
    this.#head = new ThreadHead(this);
    const posts = new PostList(list, this.#template, viewer, this.#head.onLastPage);
    this.#view = new ThreadView(posts, this.#head, viewer, () => this.#reportApplied());
    this.#view.start();
    const { threadId, film, seq } = this.dataset;
    if (threadId !== undefined) {
      this.#followThread(Number(threadId), Number(seq ?? 0));
    } else if (film !== undefined) {
      this.#followFilm(Number(film));
    }
  }

  disconnectedCallback(): void {
    this.#unfollow?.();
    this.#unfollow = null;
    this.#feed?.stop();
    this.#feed = null;
    this.#view?.stop();
    if (this.#appliedTimer !== null) clearTimeout(this.#appliedTimer);
  }

  get postTemplate(): HTMLTemplateElement | null {
    return this.#template;
  }

  get onLastPage(): boolean {
    return this.#head?.onLastPage ?? true;
  }

  showState(words: string, state: string): void {
    this.#head?.state(words, state);
  }

  addPending(row: PendingRow): void {
    this.#view?.addPending(row);
  }

  beginSend(): void {
    this.#view?.beginSend();
  }

  endSend(): void {
    this.#view?.endSend();
  }

  finishSend(posted: Posted, row: PendingRow): void {
    this.#view?.finishSend(posted.post, row);
    // The first comment on a film made the thread that is to be followed.
    if (this.#feed === null) this.#followThread(posted.post.thread_id, 0);
  }

  #followFilm(filmId: number): void {
    const feed = new FilmFeed(
      (threadId) => {
        if (this.#feed === null) this.#followThread(threadId, 0);
      },
      () => this.toggleAttribute("data-following", true),
    );
    this.#unfollow = LiveThread.connection.follow(`film:${filmId}`, feed);
  }

  #followThread(threadId: number, head: number): void {
    this.#unfollow?.();
    this.#channel = `thread:${threadId}`;
    this.#feed = new ThreadFeed(head, LiveThread.environment, (since) => eventsSince(threadId, since), {
      events: (events) => this.#take(events),
      readers: (count) => {
        this.toggleAttribute("data-following", true);
        this.#head?.readers(count);
      },
      outOfDate: () => this.#reload(),
      ended: (reason) => this.showState(`No longer live. ${reason}`.trim(), "stopped"),
    });
    this.#unfollow = LiveThread.connection.follow(this.#channel, this.#feed);
  }

  #take(events: readonly Envelope[]): void {
    this.dataset["seq"] = String(this.#feed?.head ?? 0);
    try {
      this.#view?.take(events.map(decodeChange));
    } catch (error) {
      // The server speaks another version than this page.
      if (!(error instanceof DecodeError)) throw error;
      console.warn(`live: ${error.message}`);
      this.#reload();
    }
  }

  #reload(): void {
    reloadOnce(() => this.showState("This page is out of date. Please reload it.", "stopped"));
  }

  // Proof that a removal reached this screen, at most once a second.
  #reportApplied(): void {
    this.#appliedTimer ??= window.setTimeout(() => {
      this.#appliedTimer = null;
      if (this.#feed === null) return;
      LiveThread.connection.send({ type: "applied", channel: this.#channel, seq: this.#feed.head });
    }, appliedEvery);
  }
}

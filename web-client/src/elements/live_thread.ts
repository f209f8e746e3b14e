// <live-thread>: the posts of a thread, kept live. It reads where the page stands from its attributes, follows the
// thread (or the film, until its first comment makes the thread) and shows what comes.

import { NoAnswer, eventsSince, postByNumber, postsAfter, reachOf } from "../api.ts";
import { AnsweredNames } from "../answered_names.ts";
import { AppliedReport } from "../applied_report.ts";
import { EarlierPosts } from "../earlier_posts.ts";
import { LikeButtons } from "../like_buttons.ts";
import type { LiveConnection } from "../live_connection.ts";
import { ConnectionState } from "../live_connection.ts";
import type { LiveEnvironment } from "../live_environment.ts";
import { showNotice } from "../notice.ts";
import { LastVisit } from "../last_visit.ts";
import { OwnSends } from "../own_sends.ts";
import { PageTitle } from "../page_title.ts";
import type { PendingRow } from "../pending_row.ts";
import { PostEditor } from "../post_editor.ts";
import { PostList } from "../post_list.ts";
import type { PostPage, Posted } from "../protocol.ts";
import { DecodeError } from "../protocol.ts";
import { ReachWatch } from "../reach_watch.ts";
import { ReadingPlace } from "../reading_place.ts";
import { reloadOnce } from "../reload.ts";
import { forgetWordsForEngines, justRemoved, removedLately } from "../removals.ts";
import type { NumberedEvent } from "../thread_feed.ts";
import { ThreadFeed } from "../thread_feed.ts";
import { ThreadHead } from "../thread_head.ts";
import type { Removal } from "../thread_view.ts";
import { ThreadView } from "../thread_view.ts";
import { currentViewer, viewerModerates } from "../viewer.ts";
import { LiveFilm } from "./live_film.ts";

// The server passes on no more than one in this time (protocol/limits.hpp, typing_every), and forgets it after 6 s.
const typingSentEvery = 2_500;
// A page that comes back hides its posts until it knows what was removed meanwhile, but no longer than this.
const veiledAtMost = 2_000;

export class LiveThread extends HTMLElement {
  static connection: LiveConnection;
  static environment: LiveEnvironment;
  // Called when the server no longer knows who writes.
  static unknownViewer: () => void = () => {};

  #head: ThreadHead | null = null;
  #view: ThreadView | null = null;
  #feed: ThreadFeed | null = null;
  #template: HTMLTemplateElement | null = null;
  #channel = "";
  #unfollow: (() => void) | null = null;
  #applied: AppliedReport | null = null;
  #reach: ReachWatch | null = null;
  #place: ReadingPlace | null = null;
  #likes: LikeButtons | null = null;
  #editor: PostEditor | null = null;
  #earlier: EarlierPosts | null = null;
  #veilTimer: number | undefined;
  #typingSentAt = Number.NEGATIVE_INFINITY;

  connectedCallback(): void {
    const list = this.querySelector<HTMLElement>(".posts");
    this.#template = this.querySelector<HTMLTemplateElement>("#post-template");
    if (list === null || this.#template === null) return;
    const { environment, connection } = LiveThread;
    const title = new PageTitle();
    this.#head = new ThreadHead(this, title);
    const visited = this.dataset["threadId"];
    const visit = visited === undefined ? null : new LastVisit(currentViewer()?.id ?? "guest", Number(visited));
    const place = new ReadingPlace(this, title, visit);
    this.#place = place;
    const growsFrom = this.#head.onLastPage ? this.#head.firstNumber : null;
    const likes = new LikeButtons(this, list, () => LiveThread.unknownViewer());
    this.#likes = likes;
    const editor = this.#newEditor();
    this.#editor = editor;
    const posts = new PostList(list, this.#template, growsFrom, likes, {
      arrived: (row) => place.arrived(row),
      holds: (post) => editor.holds(post),
    });
    const names = new AnsweredNames(environment, (number) => this.#authorOf(number));
    this.#view = new ThreadView(posts, this.#head, new OwnSends(currentViewer()?.id), names, {
      shown: (seq, removals) => this.#shown(seq, removals),
    });
    this.#applied = new AppliedReport(environment, {
      send: (seq) => connection.send({ type: "applied", channel: this.#channel, seq }),
      connected: () => connection.state === ConnectionState.live,
    });
    this.#reach = new ReachWatch(environment, reachOf, (post, words) => {
      this.#view?.remarkRemoval(post.number, words);
    });
    this.#earlier = this.#newEarlierPosts(list);
    this.#view.start();
    place.start();
    likes.start();
    editor.start();
    this.#earlier.start();
    const { threadId, seq } = this.dataset;
    if (threadId !== undefined) {
      this.#followThread(Number(threadId), Number(seq ?? 0));
    } else {
      this.#waitForFirst();
    }
    const removed = justRemoved(this);
    if (removed !== null) this.#reach.watch(removed);
  }

  disconnectedCallback(): void {
    this.#unfollow?.();
    this.#unfollow = null;
    this.#feed?.stop();
    this.#feed = null;
    this.#editor?.stop();
    this.#earlier?.stop();
    this.#view?.stop();
    this.#place?.stop();
    this.#likes?.stop();
    this.#applied?.stop();
    this.#reach?.stop();
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

  // A post ends above the composer, which would else lie over it.
  bringIntoSight(post: Element): void {
    const hidden = post.getBoundingClientRect().bottom - this.#foot();
    if (hidden > 0) scrollBy({ top: Math.ceil(hidden), behavior: "instant" });
  }

  // Where what is seen of the posts ends.
  #foot(): number {
    return this.querySelector(".composer-panel")?.getBoundingClientRect().top ?? innerHeight;
  }

  // The viewer is writing something here.
  writing(): void {
    const { environment, connection } = LiveThread;
    if (this.#feed === null || environment.now() - this.#typingSentAt < typingSentEvery) return;
    if (connection.send({ type: "typing", channel: this.#channel })) this.#typingSentAt = environment.now();
  }

  beginSend(): void {
    this.#view?.beginSend();
  }

  endSend(): void {
    this.#view?.endSend();
  }

  finishSend(posted: Posted, row: PendingRow): void {
    const inSight = row.element.getBoundingClientRect().top < this.#foot();
    this.#view?.finishSend(posted.post, row);
    const article = this.querySelector(`#post-${posted.post.number}`);
    if (inSight && article !== null) this.bringIntoSight(article);
    // The first comment on a film made the thread that is to be followed.
    if (this.#feed === null) this.#followThread(posted.post.thread_id, 0);
  }

  // The viewer is not the one who was writing here any more: forms and rows on their way go, and what else changes.
  leaveViewer(changes: () => void): void {
    this.#view?.change(() => {
      this.#editor?.leaveViewer();
      for (const own of this.querySelectorAll(".post-row.pending, .kept-text")) own.remove();
      changes();
    });
  }

  // The page may be shown again much later: what it says then must not be read before it is known to be still said.
  putAway(): void {
    clearTimeout(this.#veilTimer);
    this.toggleAttribute("data-unchecked", this.#feed !== null);
  }

  // Reads over HTTP what happened, without waiting for the socket.
  async catchUp(): Promise<void> {
    clearTimeout(this.#veilTimer);
    const unveil = (): boolean => this.toggleAttribute("data-unchecked", false);
    this.#veilTimer = window.setTimeout(unveil, veiledAtMost);
    if ((await this.#feed?.catchUp()) !== true) return;
    this.#view?.flush();
    unveil();
  }

  #newEditor(): PostEditor {
    return new PostEditor(this, {
      show: (post, changes) => this.#view?.showEdited(post, changes),
      change: (changes) => this.#view?.change(changes),
      unknownViewer: () => LiveThread.unknownViewer(),
    });
  }

  #newEarlierPosts(list: HTMLElement): EarlierPosts {
    return new EarlierPosts(this, list, {
      read: (first, last) => this.#readEarlier(first, last),
      failed: () => this.#view?.endEarlier(null),
      show: (page, changes) => this.#showEarlier(page, changes),
    });
  }

  // Reads are shared on their way: one that is older than what is shown already says nothing.
  async #readEarlier(first: number, last: number): Promise<PostPage> {
    const shown = Number(this.dataset["seq"] ?? 0);
    this.#view?.beginEarlier(first, last);
    const page = await postsAfter(Number(this.dataset["threadId"]), first - 1, last - first + 1);
    if (page.seq < shown) throw new NoAnswer();
    return page;
  }

  #showEarlier(page: PostPage, changes: () => void): void {
    this.#view?.endEarlier(page, changes);
    this.#place?.markReturn();
    const [first, last] = [page.items[0], page.items.at(-1)];
    if (first === undefined || last === undefined) return;
    void this.#likes?.markOwn(first.thread_id, first.number, last.number);
  }

  // The first comment makes the thread that holds them.
  #waitForFirst(): void {
    const film = document.querySelector("live-film");
    if (!(film instanceof LiveFilm)) return;
    this.#unfollow = film.watch({
      changed: ({ comments_thread_id: threadId }) => {
        if (threadId !== null && this.#feed === null) this.#followThread(threadId, 0);
      },
      followed: () => this.toggleAttribute("data-following", true),
    });
  }

  #followThread(threadId: number, head: number): void {
    this.#unfollow?.();
    this.#channel = `thread:${threadId}`;
    this.#feed = new ThreadFeed(head, LiveThread.environment, (since) => eventsSince(threadId, since), {
      events: (events) => this.#take(events),
      readers: (count) => this.#head?.readers(count),
      typing: (names) => this.#head?.typing(names),
      followed: () => {
        this.toggleAttribute("data-following", true);
        this.#applied?.followed();
      },
      outOfDate: () => this.#reload(),
      ended: (reason) => this.showState(`No longer live. ${reason}`.trim(), "stopped"),
    });
    this.dataset["threadId"] = String(threadId);
    this.#unfollow = LiveThread.connection.follow(this.#channel, this.#feed);
  }

  #take(events: readonly NumberedEvent[]): void {
    try {
      this.#view?.take(events);
    } catch (error) {
      // The server speaks another version than this page.
      if (!(error instanceof DecodeError)) throw error;
      console.warn(`live: ${error.message}`);
      this.#reload();
    }
  }

  #shown(seq: number, removals: readonly Removal[]): void {
    this.dataset["seq"] = String(seq);
    if (removals.length === 0) return;
    forgetWordsForEngines();
    this.#applied?.removed(seq);
    if (!viewerModerates()) return;
    for (const removal of removals) {
      if (removedLately(removal)) this.#reach?.watch(removal.post);
    }
  }

  async #authorOf(number: number): Promise<string | null> {
    const answered = await postByNumber(Number(this.dataset["threadId"]), number);
    return answered === null ? null : answered.author.name;
  }

  #reload(): void {
    reloadOnce(() => {
      const address = location.pathname + location.search;
      showNotice(this, "This page is out of date.", { label: "Load it again", address });
    });
  }
}

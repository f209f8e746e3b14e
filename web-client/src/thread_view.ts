// What a thread shows: takes its changes in order and brings them into the page, a frame's worth at a time. Own posts
// that are on their way go through here too, so that answer and event never make two of one.

import type { AnsweredNames } from "./answered_names.ts";
import { EarlierReads } from "./earlier_reads.ts";
import { FrameQueue } from "./frame_queue.ts";
import { OwnSends } from "./own_sends.ts";
import type { PendingRow } from "./pending_row.ts";
import type { PostList } from "./post_list.ts";
import type { Change, Post, PostPage } from "./protocol.ts";
import { decodeChange } from "./protocol.ts";
import type { ThreadHead } from "./thread_head.ts";
import type { NumberedEvent } from "./thread_feed.ts";

// A post whose removal has reached the page; `at` is the time of the removal.
export interface Removal {
  readonly post: Post;
  readonly at: string;
}

export interface ShownReader {
  // The page shows every change up to this seq; these removals came with the last ones.
  shown(seq: number, removals: readonly Removal[]): void;
}

// One change on its way to the screen.
interface Step {
  readonly seq: number;
  readonly change: Change;
  readonly removedAt: string | null;
}

function stepOf(event: NumberedEvent): Step {
  const removed = event.event === "post.removed";
  return { seq: event.seq, change: decodeChange(event), removedAt: removed ? event.at : null };
}

export class ThreadView {
  readonly #list: PostList;
  readonly #head: ThreadHead;
  readonly #sends: OwnSends;
  readonly #names: AnsweredNames;
  readonly #reader: ShownReader;
  readonly #earlier = new EarlierReads();
  readonly #queue = new FrameQueue<Step>((steps) => this.#show(steps));

  constructor(list: PostList, head: ThreadHead, sends: OwnSends, names: AnsweredNames, reader: ShownReader) {
    this.#list = list;
    this.#head = head;
    this.#sends = sends;
    this.#names = names;
    this.#reader = reader;
  }

  start(): void {
    this.#queue.start();
  }

  stop(): void {
    this.#queue.stop();
  }

  // Throws a DecodeError when an event cannot be read.
  take(events: readonly NumberedEvent[]): void {
    this.#queue.add(events.map(stepOf));
  }

  // Brings all that was taken to the screen now.
  flush(): void {
    this.#queue.flush();
  }

  addPending(row: PendingRow): void {
    this.#list.change(() => this.#list.addPending(row));
  }

  beginSend(): void {
    this.#sends.begin();
  }

  // The send ended without a post that we know of.
  endSend(): void {
    const held = this.#sends.end();
    this.#list.change(() => this.#applyAll(held));
  }

  // The send became this post. An event that was here first may know a later state of it.
  finishSend(post: Post, row: PendingRow): void {
    const held = this.#sends.end();
    this.#list.change(() => {
      row.element.remove();
      if (!this.#list.has(post)) this.#apply(post);
      this.#applyAll(held);
    });
  }

  // Posts of these numbers are being read.
  beginEarlier(first: number, last: number): void {
    this.#earlier.begin(first, last);
  }

  // Null: they could not be read.
  endEarlier(page: PostPage | null, changes = (): void => {}): void {
    const overtaking = this.#earlier.end(page?.seq ?? null);
    if (page === null) return;
    this.#list.change(() => {
      changes();
      this.#list.addEarlier(page.items);
      this.#applyAll(overtaking);
    });
    for (const post of page.items) this.#nameAnswered(post);
  }

  // Shows this state of a post after the changes, which make room for it.
  showEdited(post: Post, changes: () => void): void {
    this.#list.change(() => {
      changes();
      this.#apply(post);
    });
  }

  // Changes that the reader makes within an article.
  change(changes: () => void): void {
    this.#list.change(changes);
  }

  remarkRemoval(number: number, words: string): void {
    this.#list.change(() => this.#list.remarkRemoval(number, words));
  }

  #show(steps: readonly Step[]): void {
    const removals: Removal[] = [];
    this.#list.change(() => {
      for (const { seq, change, removedAt } of steps) {
        if (change.kind === "post" && this.#earlier.passes(change.post, seq)) {
          this.#applyAll(this.#sends.pass([change.post], (post) => this.#isSettled(post)));
        }
        if (change.kind === "thread") this.#head.update(change.thread);
        if (change.kind === "post" && removedAt !== null) removals.push({ post: change.post, at: removedAt });
      }
    });
    this.#reader.shown(Math.max(...steps.map(({ seq }) => seq)), removals);
  }

  // No send on its way can become this post.
  #isSettled(post: Post): boolean {
    return this.#list.has(post) || !this.#list.makesRowOf(post);
  }

  #applyAll(posts: readonly Post[]): void {
    for (const post of posts) this.#apply(post);
  }

  #apply(post: Post): void {
    this.#head.seen(post);
    if (this.#list.apply(post)) this.#nameAnswered(post);
  }

  // An answered post on another page is named as soon as the server has told who wrote it.
  #nameAnswered(post: Post): void {
    const number = post.reply_to;
    if (number === null || post.state !== "visible" || this.#list.authorOf(number) !== "") return;
    void this.#names.authorOf(number).then((name) => {
      if (name !== null) this.#list.nameAnswered(post, name);
    });
  }
}

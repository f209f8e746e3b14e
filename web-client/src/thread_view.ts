// What a thread shows: takes its changes in order and brings them into the page, a frame's worth at a time. Own posts
// that are on their way go through here too, so that answer and event never make two of one.

import { postByNumber } from "./api.ts";
import { FrameQueue } from "./frame_queue.ts";
import { OwnSends } from "./own_sends.ts";
import type { PendingRow } from "./pending_row.ts";
import type { PostList } from "./post_list.ts";
import type { Change, Post } from "./protocol.ts";
import type { ThreadHead } from "./thread_head.ts";

export class ThreadView {
  readonly #list: PostList;
  readonly #head: ThreadHead;
  readonly #sends: OwnSends;
  readonly #queue = new FrameQueue<Post>((posts) => this.#show(posts));
  readonly #applied: () => void;

  // `applied` is called when a removal has reached the screen.
  constructor(list: PostList, head: ThreadHead, viewer: string | undefined, applied: () => void) {
    this.#list = list;
    this.#head = head;
    this.#sends = new OwnSends(viewer);
    this.#applied = applied;
  }

  start(): void {
    this.#queue.start();
  }

  stop(): void {
    this.#queue.stop();
  }

  take(changes: readonly Change[]): void {
    const posts: Post[] = [];
    for (const change of changes) {
      if (change.kind === "post") posts.push(change.post);
      if (change.kind === "thread") this.#head.update(change.thread);
    }
    this.#queue.add(this.#sends.pass(posts));
  }

  addPending(row: PendingRow): void {
    this.#list.change(() => this.#list.addPending(row));
  }

  beginSend(): void {
    this.#sends.begin();
  }

  // The send ended without a post that we know of.
  endSend(): void {
    this.#queue.add(this.#sends.end());
  }

  // The send became this post. An event that was here first may know a later state of it.
  finishSend(post: Post, row: PendingRow): void {
    const held = this.#sends.end();
    this.#list.change(() => {
      row.element.remove();
      if (!this.#list.has(post)) this.#apply(post);
      for (const own of held) this.#apply(own);
    });
  }

  #show(posts: readonly Post[]): void {
    this.#list.change(() => {
      for (const post of posts) this.#apply(post);
    });
    if (posts.some((post) => post.state === "removed")) this.#applied();
  }

  #apply(post: Post): void {
    this.#head.seen(post);
    if (this.#list.apply(post)) this.#nameAnswered(post);
  }

  // An answered post on another page is named as soon as the server has told who wrote it.
  #nameAnswered(post: Post): void {
    const number = post.reply_to;
    if (number === null || post.state !== "visible" || this.#list.authorOf(number) !== "") return;
    postByNumber(post.thread_id, number).then(
      (answered) => {
        if (answered !== null) this.#list.nameAnswered(post, answered.author.name);
      },
      () => {}, // the number alone will do
    );
  }
}

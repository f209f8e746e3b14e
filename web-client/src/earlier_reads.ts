// Earlier posts are read over HTTP while events go on to come. Each page that was read shows its posts as of one seq: an
// older event about them is out of date, and a newer one that overtook the answer goes on top of it. Pure.

import type { Post } from "./protocol.ts";

interface Range {
  readonly first: number;
  readonly last: number;
}

export class EarlierReads {
  #asked: Range | null = null;
  // The last event about each post that is asked for.
  readonly #overtaking = new Map<number, { readonly seq: number; readonly post: Post }>();
  readonly #read: (Range & { readonly seq: number })[] = [];

  begin(first: number, last: number): void {
    this.#asked = { first, last };
    this.#overtaking.clear();
  }

  // The answer came, as of `seq`, or none did. Returns what goes on top of it.
  end(seq: number | null): Post[] {
    const asked = this.#asked;
    this.#asked = null;
    if (asked === null || seq === null) return [];
    this.#read.push({ ...asked, seq });
    return [...this.#overtaking.values()].filter((event) => event.seq > seq).map(({ post }) => post);
  }

  // False when the page that was read knows better.
  passes(post: Post, seq: number): boolean {
    const within = ({ first, last }: Range): boolean => post.number >= first && post.number <= last;
    if (this.#asked !== null && within(this.#asked)) this.#overtaking.set(post.number, { seq, post });
    return !this.#read.some((range) => within(range) && seq <= range.seq);
  }
}

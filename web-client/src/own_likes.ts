// The viewer's likes on their way to the server: the page shows them at once and takes back what is refused. A button
// that is pressed again meanwhile is asked for once the answer is there. Pure.

export interface LikesReader {
  // Whether the viewer likes the post.
  mark(postId: number, liked: boolean): void;
  // The count shown is wrong by so much.
  add(postId: number, difference: 1 | -1): void;
  count(postId: number, likes: number): void;
  refused(error: unknown): void;
}

interface LikeChange {
  stored: boolean;
  wanted: boolean;
  // An event has told the count since the last press: it knows more than the answer may.
  told: boolean;
}

export class OwnLikes {
  readonly #send: (postId: number, liked: boolean) => Promise<number>;
  readonly #reader: LikesReader;
  readonly #changes = new Map<number, LikeChange>();

  // `send` resolves to the number of likes that the post has then.
  constructor(send: (postId: number, liked: boolean) => Promise<number>, reader: LikesReader) {
    this.#send = send;
    this.#reader = reader;
  }

  // `liked` is what the page says before.
  press(postId: number, liked: boolean): void {
    const known = this.#changes.get(postId);
    const change = known ?? { stored: liked, wanted: liked, told: false };
    change.wanted = !change.wanted;
    change.told = false;
    this.#reader.mark(postId, change.wanted);
    this.#reader.add(postId, change.wanted ? 1 : -1);
    if (known !== undefined) return;
    this.#changes.set(postId, change);
    void this.#carryOut(postId, change);
  }

  // Elsewhere it was stored that the viewer likes the post, or no longer. A press of ours that is on its way is newer.
  stored(postId: number, liked: boolean): void {
    if (!this.#changes.has(postId)) this.#reader.mark(postId, liked);
  }

  // An event told how many likes the post has, and the page shows that.
  told(postId: number): void {
    const change = this.#changes.get(postId);
    if (change !== undefined) change.told = true;
  }

  async #carryOut(postId: number, change: LikeChange): Promise<void> {
    while (change.wanted !== change.stored) {
      const asked = change.wanted;
      try {
        const likes = await this.#send(postId, asked);
        change.stored = asked;
        if (change.wanted === asked && !change.told) this.#reader.count(postId, likes);
      } catch (error) {
        this.#takeBack(postId, change);
        this.#reader.refused(error);
        break;
      }
    }
    this.#changes.delete(postId);
  }

  #takeBack(postId: number, { stored, wanted, told }: LikeChange): void {
    if (wanted === stored) return;
    this.#reader.mark(postId, stored);
    if (!told) this.#reader.add(postId, stored ? 1 : -1);
  }
}

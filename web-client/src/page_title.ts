// The words on the tab. While nobody looks, the count of what came stands before them.

export class PageTitle {
  #words = document.title;
  #missed = 0;

  set words(words: string) {
    this.#words = words;
    this.#write();
  }

  set missed(count: number) {
    if (count === this.#missed) return;
    this.#missed = count;
    this.#write();
  }

  #write(): void {
    document.title = this.#missed === 0 ? this.#words : `(${this.#missed}) ${this.#words}`;
  }
}

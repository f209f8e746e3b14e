// What a removal does beside taking the text out of its article; and which removals are worth telling a moderator about:
// those of the last minute.

import type { RemovedPost } from "./reach_watch.ts";
import type { Removal } from "./thread_view.ts";
import { viewerModerates } from "./viewer.ts";

const lately = 60_000;

export function removedLately({ post, at }: Removal): boolean {
  return post.state === "removed" && Date.now() - Date.parse(at) < lately;
}

// What the page said again for search engines holds the text, too.
export function forgetWordsForEngines(): void {
  document.querySelector('[type="application/ld+json"]')?.remove();
}

// The post that this moderator has just removed: the form for it led here. Null after a reload or a way back.
export function justRemoved(thread: Element): RemovedPost | null {
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (!viewerModerates() || navigation?.type !== "navigate" || document.referrer === "") return null;
  const id = /^\/posts\/(\d+)\/remove$/.exec(new URL(document.referrer).pathname)?.[1];
  const article = thread.querySelector<HTMLElement>(`article[data-id="${id ?? ""}"][data-state="removed"]`);
  return article === null ? null : { id: Number(id), number: Number(article.dataset["number"]) };
}

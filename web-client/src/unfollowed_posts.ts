// Texts of posts in pages that do not follow them: a member's posts, snippets beside a film, old revisions. When such a
// page is taken out of the history it is hidden and loaded anew, as a text may have been removed meanwhile.

const unfollowed = ".member-posts, .related-list, .revision-text, .post-quote";

function isOldCopy(): boolean {
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return navigation?.type === "back_forward" && navigation.transferSize === 0;
}

export function refreshUnfollowedPosts(): void {
  if (document.querySelector(unfollowed) === null) return;
  const { body } = document;
  const loadAnew = (): void => {
    body.toggleAttribute("data-unchecked", true);
    location.reload();
  };
  window.addEventListener("pagehide", ({ persisted }) => body.toggleAttribute("data-unchecked", persisted));
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) loadAnew();
  });
  if (isOldCopy()) loadAnew();
}

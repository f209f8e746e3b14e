// Texts of posts in pages that do not follow them: a member's posts, snippets of reviews and of what a search found, old
// revisions, the page to edit one. When such a page is taken out of the history it is hidden and loaded anew, as a text
// may have been removed meanwhile.

const unfollowed = ".member-posts, .snippet, .revision-text, .post-quote";
const editPage = "form[action$='/edit']";

function isOldCopy(): boolean {
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return navigation?.type === "back_forward" && navigation.transferSize === 0;
}

// The page would be here again if it were loaded.
function isStillThere(): Promise<boolean> {
  const answer = fetch(location.href, { cache: "no-store", redirect: "error" });
  return answer.then(({ ok }) => ok).catch(() => false);
}

export function refreshUnfollowedPosts(): void {
  const edits = document.querySelector(editPage) !== null;
  if (!edits && document.querySelector(unfollowed) === null) return;
  const { body } = document;
  const loadAnew = async (): Promise<void> => {
    body.toggleAttribute("data-unchecked", true);
    // Loading it would lose what was typed.
    if (edits && (await isStillThere())) body.toggleAttribute("data-unchecked", false);
    else location.reload();
  };
  window.addEventListener("pagehide", ({ persisted }) => body.toggleAttribute("data-unchecked", persisted));
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) void loadAnew();
  });
  if (isOldCopy()) void loadAnew();
}

// Loads the page anew when its history can no longer be replayed, but never in circles: a second time within half a
// minute it only says so. What was being written is kept by the drafts.

const name = "foyer-reloaded-at";
const rest = 30_000;

export function reloadOnce(giveUp: () => void): void {
  try {
    const last = Number(sessionStorage.getItem(name) ?? 0);
    if (Date.now() - last < rest) {
      giveUp();
      return;
    }
    sessionStorage.setItem(name, String(Date.now()));
  } catch {
    giveUp(); // without storage a circle could not be told
    return;
  }
  location.reload();
}

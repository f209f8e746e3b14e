// Changes the list without moving what the reader looks at: the field they write in, or the row at the top of the
// window, stays where it is. Browsers do some of this by themselves, but not all of them and never at offset 0.

function writtenField(): Element | null {
  const active = document.activeElement;
  if (!(active instanceof HTMLTextAreaElement)) return null;
  const { top, bottom } = active.getBoundingClientRect();
  return bottom > 0 && top < innerHeight ? active : null;
}

// Rows stand below each other, so halving finds the first one in sight, also among thousands.
function rowAtTheTop(list: Element): Element | null {
  const rows = list.children;
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.getBoundingClientRect().bottom ?? 0) > 0) high = middle;
    else low = middle + 1;
  }
  return rows[low] ?? null;
}

export function keepStill(list: Element, change: () => void): void {
  const anchors = [writtenField(), rowAtTheTop(list)].filter((anchor) => anchor !== null);
  const before = anchors.map((anchor) => anchor.getBoundingClientRect().top);
  change();
  // The field goes first. One that sticks to the window stays where it is whatever happens: then the row is held.
  for (const [at, anchor] of anchors.entries()) {
    const shift = anchor.isConnected ? anchor.getBoundingClientRect().top - (before[at] ?? 0) : 0;
    if (Math.abs(shift) < 1) continue;
    scrollBy({ top: shift, behavior: "instant" });
    return;
  }
}

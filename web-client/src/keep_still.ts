// Changes the list without moving what the reader looks at: the field they write in, or the first row in sight, stays
// where it is. Browsers do some of this by themselves, but not all of them and never at offset 0.

interface Anchor {
  readonly element: Element;
  readonly edge: "top" | "bottom";
}

// What lies above this is behind the bar.
function topOfSight(): number {
  return Math.max(0, document.querySelector(".bar")?.getBoundingClientRect().bottom ?? 0);
}

function writtenField(): Anchor | null {
  const active = document.activeElement;
  if (!(active instanceof HTMLTextAreaElement)) return null;
  const { top, bottom } = active.getBoundingClientRect();
  return bottom > 0 && top < innerHeight ? { element: active, edge: "top" } : null;
}

// Rows stand below each other, so halving finds the first one in sight, also among thousands. Of one that begins above,
// what is read ends with its bottom; of one that is taller than the window neither edge is in sight.
function rowsInSight(list: Element): Anchor[] {
  const rows = list.children;
  const sight = topOfSight();
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.getBoundingClientRect().bottom ?? 0) > sight) high = middle;
    else low = middle + 1;
  }
  const [first, second] = [rows[low], rows[low + 1]];
  if (first === undefined) return [];
  const { top, bottom } = first.getBoundingClientRect();
  const edge = top < sight && bottom < innerHeight ? "bottom" : "top";
  // A row on its way goes when its post has come: then the next one is held.
  return [{ element: first, edge }, ...(second === undefined ? [] : [{ element: second, edge: "top" } as const])];
}

function placeOf({ element, edge }: Anchor): number {
  return element.getBoundingClientRect()[edge];
}

export function keepStill(list: Element, change: () => void): void {
  const field = writtenField();
  const rows = rowsInSight(list);
  const before = new Map([...(field === null ? [] : [field]), ...rows].map((anchor) => [anchor, placeOf(anchor)]));
  change();
  const shiftOf = (anchor: Anchor): number => placeOf(anchor) - (before.get(anchor) ?? 0);
  // The field goes first. One that sticks to the window stays where it is whatever happens: then the row is held.
  const moved = field?.element.isConnected === true && Math.abs(shiftOf(field)) >= 1;
  const anchor = moved ? field : rows.find(({ element }) => element.isConnected);
  if (anchor === undefined) return;
  const shift = shiftOf(anchor);
  if (Math.abs(shift) >= 1) scrollBy({ top: shift, behavior: "instant" });
}

/** A photo in a disc: the person's, else the inbox's where nobody speaks by themselves; else initials. */

import type { Widget } from "../widget";

interface Props {
  widget: Widget;
  id: string | undefined;
  name: string;
  small?: boolean;
  /** Nobody is there yet, or nobody has written it. */
  automatic?: boolean | undefined;
}

export function Avatar({ widget, id, name, small, automatic }: Props) {
  const operator = widget.operator.value;
  const photo =
    (operator?.id === id && operator?.photo) || (automatic && widget.inbox.value?.photo);
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase();
  return (
    <span class={small ? "avatar avatar-small" : "avatar"} aria-hidden="true">
      {initials}
      {photo && (
        <img
          key={photo}
          src={`${widget.api}/..${photo}`}
          alt=""
          onError={({ currentTarget }) => currentTarget.remove()}
        />
      )}
    </span>
  );
}

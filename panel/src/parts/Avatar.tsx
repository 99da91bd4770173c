/** A face: the photo, or initials in a colour that stays with the person. */

import { memo, useState } from "react";
import css from "./Avatar.module.css";
import { hueOf, initials } from "./person";

interface Props {
  id: string;
  name: string;
  photo?: string | null | undefined;
  size?: number;
}

export const Avatar = memo(function Avatar({ id, name, photo, size = 40 }: Props) {
  const style = { "--size": `${size}px`, "--hue": hueOf(id) } as React.CSSProperties;
  return (
    <span className={css.avatar} style={style} aria-hidden="true">
      {initials(name)}
      {photo && <Photo key={photo} path={photo} />}
    </span>
  );
});

/** Over the initials, which are seen again when it cannot be loaded. */
function Photo({ path }: { path: string }) {
  const [lost, setLost] = useState(false);
  if (lost) return null;
  return <img className={css.photo} src={path} alt="" onError={() => setLost(true)} />;
}

/** A colleague's face, wherever their name stands. */

import { useDirectory } from "../queries";
import { Avatar } from "./Avatar";

interface Props {
  id: string;
  name: string;
  size: number;
}

export function Face({ id, name, size }: Props) {
  const photo = useDirectory()?.operators.find((each) => each.id === id)?.photo;
  return <Avatar id={id} name={name} photo={photo} size={size} />;
}

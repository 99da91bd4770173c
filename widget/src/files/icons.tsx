/** The drawings of what has to do with files. */

import { Icon } from "../view/icons";

export const ClipIcon = () => (
  <Icon size={20}>
    <path d="m20 11.5-8.2 8.2a5 5 0 0 1-7-7L13 4.4a3.3 3.3 0 0 1 4.7 4.7l-8.2 8.1a1.7 1.7 0 0 1-2.3-2.3l7.5-7.5" />
  </Icon>
);

export const FileIcon = () => (
  <Icon size={22}>
    <path d="M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8zM14 3v5h5" />
  </Icon>
);

export const CrossIcon = () => (
  <Icon size={18}>
    <path d="M6 6l12 12M18 6 6 18" />
  </Icon>
);

export const RetryIcon = () => (
  <Icon size={18}>
    <path d="M20 12a8 8 0 1 1-2.6-5.9M20 3v4h-4" />
  </Icon>
);

export const PreviousIcon = () => (
  <Icon>
    <path d="m15 5-7 7 7 7" />
  </Icon>
);

export const NextIcon = () => (
  <Icon>
    <path d="m9 5 7 7-7 7" />
  </Icon>
);

export const OutIcon = () => (
  <Icon size={20}>
    <path d="M14 4h6v6M20 4l-9 9M18 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h5" />
  </Icon>
);

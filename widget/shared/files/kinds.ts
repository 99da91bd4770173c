/** Which files may be sent: by the endings of their names, for browsers differ in what they call types. */

import type { Attachment, AttachmentRequest, AttachmentRules } from "../wire";

export type FileType = AttachmentRequest["type"];
type Kind = AttachmentRules["kinds"][number];

const OPEN_XML = "application/vnd.openxmlformats-officedocument";
const OPEN_DOCUMENT = "application/vnd.oasis.opendocument";

/** As the server has them (`domain/attachment.py`); the compiler finds one that is missing. */
const TYPES: Record<FileType, readonly [Kind, ...string[]]> = {
  "image/jpeg": ["image", "jpg", "jpeg", "jfif"],
  "image/png": ["image", "png"],
  "image/webp": ["image", "webp"],
  "image/gif": ["image", "gif"],
  "application/pdf": ["document", "pdf"],
  [`${OPEN_XML}.wordprocessingml.document` as const]: ["document", "docx"],
  [`${OPEN_XML}.spreadsheetml.sheet` as const]: ["document", "xlsx"],
  [`${OPEN_XML}.presentationml.presentation` as const]: ["document", "pptx"],
  [`${OPEN_DOCUMENT}.text` as const]: ["document", "odt"],
  [`${OPEN_DOCUMENT}.spreadsheet` as const]: ["document", "ods"],
  "application/msword": ["document", "doc"],
  "application/vnd.ms-excel": ["document", "xls"],
  "application/vnd.ms-powerpoint": ["document", "ppt"],
  "application/rtf": ["document", "rtf"],
  "text/plain": ["document", "txt", "log"],
  "text/csv": ["document", "csv"],
  "audio/mpeg": ["media", "mp3"],
  "audio/ogg": ["media", "ogg", "oga", "opus"],
  "audio/mp4": ["media", "m4a"],
  "video/mp4": ["media", "mp4", "m4v"],
  "video/webm": ["media", "webm"],
  "video/quicktime": ["media", "mov"],
  "application/zip": ["archive", "zip"],
};

const ALL = Object.entries(TYPES) as [FileType, readonly [Kind, ...string[]]][];

/** The type of a file that this inbox takes; null for any other. */
export function typeOf(file: File, rules: AttachmentRules): FileType | null {
  const ending = file.name.split(".").pop()?.toLowerCase() ?? "";
  const named = file.name.includes(".");
  const found = ALL.find(([type, [, ...endings]]) =>
    named ? endings.includes(ending) : type === file.type,
  );
  return found && rules.kinds.includes(found[1][0]) ? found[0] : null;
}

/** For `<input accept>`: a phone turns its own formats into one of these. */
export function acceptOf({ kinds }: AttachmentRules): string {
  return ALL.filter(([, [kind]]) => kinds.includes(kind))
    .flatMap(([type, [, ...endings]]) => [type, ...endings.map((ending) => `.${ending}`)])
    .join(",");
}

/** How wide a picture is drawn, in pixels: as it is, unless it is larger than there is room. */
export function drawnWidth(
  { width, height }: Pick<Attachment, "width" | "height">,
  mostWide: number,
  mostHigh: number,
): number {
  if (!width || !height) return mostWide;
  return Math.round(Math.min(width, mostWide, (mostHigh * width) / height));
}

export const isImage = (type: string): boolean => type.startsWith("image/");

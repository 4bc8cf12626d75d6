"""What the reporter reads when a file is not taken: one clear sentence for each reason."""

from reporting.cleaning.inside.frames import Refusal
from reporting.wording import N_

SENTENCES: dict[Refusal, str] = {
    Refusal.EMPTY: N_("There is nothing in this file. Choose another one."),
    Refusal.UNKNOWN: N_("We cannot take this kind of file. We can take photos (JPEG, PNG, WebP or HEIC) and PDF."),
    Refusal.MISLABELLED: N_(
        "This file is not the kind that its name says. Open it, take a screenshot of it, and add that."
    ),
    Refusal.TWO_IN_ONE: N_(
        "This file is two kinds of file in one, which can hide things. Take a screenshot of it, and add that."
    ),
    Refusal.CUT: N_("The end of this file is missing. Get the whole file and add it again."),
    Refusal.DAMAGED: N_("This file is broken, and we could not open it. Take a screenshot of it, and add that."),
    Refusal.LOCKED: N_(
        "This document is locked with a password, so we cannot clean it. Take photos of its pages, and add those."
    ),
    Refusal.TOO_MANY_PIXELS: N_("This picture is too big to clean. Take a screenshot of it, and add that."),
    Refusal.TOO_MANY_PAGES: N_("This document has more than 50 pages. Add only the pages that matter."),
    Refusal.TOO_HARD: N_("This file takes too much work to clean. Take a screenshot of it, and add that."),
    Refusal.TOO_LARGE: N_("This file is too large. All your files together can be 100 MB."),
    Refusal.TOO_MUCH_IN_ALL: N_("All your files together can be 100 MB, and this one is too much. Add fewer."),
    Refusal.TOO_MANY: N_("You can add up to 5 files. This one is one too many."),
    Refusal.BUSY: N_("Others are adding files just now. Wait a minute, then add your file again."),
    Refusal.NO_ROOM: N_("There is no room for files at the moment. You can still send your words."),
    Refusal.NO_SANDBOX: N_(
        "Files cannot be made safe here at the moment, so we take none. You can still send your words."
    ),
}

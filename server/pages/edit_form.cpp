#include "server/pages/edit_form.hpp"

#include "protocol/limits.hpp"

namespace foyer::pages {

void write_edit_template(Html& html, const PageContext& context) {
  if (!context.viewer) return;
  html
      << "<template id=\"edit-template\"><form class=\"edit-form\">"
         "<label for=\"field-edit\">Edit your post</label><p class=\"edit-news\" role=\"status\"></p>"
         "<section class=\"preview post-body\" id=\"edit-preview\" aria-label=\"Preview of the edit\" hidden></section>"
         "<textarea id=\"field-edit\" name=\"body\" rows=\"3\" required aria-describedby=\"hint-edit\"></textarea>"
         "<div class=\"composer-foot\"><p class=\"hint\" id=\"hint-edit\">*italic*, **bold**, &gt; quote, ||spoiler||"
         "</p><p class=\"text-count\" data-limit=\""
      << limits::post_characters
      << "\" hidden></p><button type=\"button\" class=\"preview-button\" aria-expanded=\"false\" "
         "aria-controls=\"edit-preview\">Preview</button><button type=\"button\" class=\"cancel-edit\">Cancel</button>"
         "<button type=\"submit\" class=\"primary\">Save</button></div></form>"
         "<div class=\"kept-text\"><label for=\"field-kept\">The post is gone. This is what you had typed:</label>"
         "<textarea id=\"field-kept\" rows=\"4\" readonly></textarea><p class=\"form-actions\">"
         "<button type=\"button\" class=\"copy-text\">Copy</button> "
         "<button type=\"button\" class=\"discard-text\">Discard</button></p></div></template>\n";
}

}  // namespace foyer::pages

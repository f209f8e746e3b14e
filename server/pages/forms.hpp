// The parts that all forms are made of: error summary, fields with label, hint and error, hidden values. A field
// finds its own errors in the FormState by its name. What was typed is always given back.
#pragma once

#include <string>

#include "server/pages/html.hpp"
#include "server/pages/page_context.hpp"

namespace foyer::pages {

enum class Presence { required, optional };

struct TextField {
  Literal name;
  Literal label;
  Literal type = "text";
  Literal autocomplete = "off";
  Literal hint = "";
  Presence presence = Presence::required;
};

struct TextArea {
  Literal name;
  Literal label;
  Literal hint = "";
  int rows = 6;
  Presence presence = Presence::required;
};

// The message and a list of links to the fields; writes nothing when all is well.
void write_form_errors(Html& html, const FormState& form);
void write_field(Html& html, const TextField& field, const std::string& value, const FormState& form);
void write_text_area(Html& html, const TextArea& area, const std::string& value, const FormState& form);
// The id, aria and error parts that a hand-written control shares with the fields above.
void write_control_attributes(Html& html, Literal name, const FormState& form, bool has_hint);
void write_field_error(Html& html, Literal name, const FormState& form);
// What the text would look like, above the field, and the button that asks for it. With JavaScript a composer asks
// without leaving the page.
void write_preview(Html& html, const FormState& form);
void write_preview_button(Html& html);

// Leads to what is found in films, people, discussions and posts. Once per page.
void write_site_search(Html& html);

// <input type="hidden">
void write_hidden(Html& html, Literal name, const std::string& value);
void write_form_key(Html& html, const PageContext& context);

}  // namespace foyer::pages

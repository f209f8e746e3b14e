#include "server/pages/forms.hpp"

#include <algorithm>

namespace foyer::pages {

namespace {

const FieldError* error_of(const FormState& form, Literal name) {
  const auto found =
      std::ranges::find_if(form.errors, [&](const FieldError& error) { return error.field == name.text(); });
  return found == form.errors.end() ? nullptr : &*found;
}

void write_label(Html& html, Literal name, Literal label, Presence presence) {
  html << "<label for=\"field-" << name << "\">" << label;
  if (presence == Presence::optional) html << " <span class=\"optional\">(optional)</span>";
  html << "</label>";
}

void write_hint(Html& html, Literal name, Literal hint) {
  if (!hint.text().empty()) html << "<p class=\"hint\" id=\"hint-" << name << "\">" << hint << "</p>";
}

}  // namespace

void write_form_errors(Html& html, const FormState& form) {
  if (form.errors.empty() && form.message.empty()) return;
  html << "<div class=\"form-errors\" role=\"alert\" tabindex=\"-1\"><p><strong>";
  if (form.message.empty()) {
    html << "Please look at this again:";
  } else {
    html << form.message;
  }
  html << "</strong></p>";
  if (!form.errors.empty()) {
    html << "<ul>";
    for (const auto& error : form.errors) {
      html << "<li><a";
      html.attribute("href", Address("#field-" + error.field)) << ">" << error.message << "</a></li>";
    }
    html << "</ul>";
  }
  html << "</div>\n";
}

void write_control_attributes(Html& html, Literal name, const FormState& form, bool has_hint) {
  html << " id=\"field-" << name << "\" name=\"" << name << "\"";
  const bool wrong = error_of(form, name) != nullptr;
  if (wrong) html << " aria-invalid=\"true\"";
  if (wrong || has_hint) {
    html << " aria-describedby=\"";
    if (wrong) html << "error-" << name;
    if (wrong && has_hint) html << " ";
    if (has_hint) html << "hint-" << name;
    html << "\"";
  }
}

void write_field_error(Html& html, Literal name, const FormState& form) {
  if (const auto* error = error_of(form, name)) {
    html << "<p class=\"field-error\" id=\"error-" << name << "\">" << error->message << "</p>";
  }
}

void write_preview(Html& html, const FormState& form) {
  html << "<section class=\"preview post-body\" id=\"preview\" aria-label=\"Preview\"";
  html.flag("hidden", form.preview.empty()) << ">" << TrustedHtml(form.preview) << "</section>";
}

void write_preview_button(Html& html) {
  html << "<button type=\"submit\" class=\"preview-button\" name=\"preview\" value=\"1\">Preview</button>";
}

void write_field(Html& html, const TextField& field, const std::string& value, const FormState& form) {
  html << "<div class=\"field\">";
  write_label(html, field.name, field.label, field.presence);
  write_hint(html, field.name, field.hint);
  write_field_error(html, field.name, form);
  html << "<input type=\"" << field.type << "\"";
  write_control_attributes(html, field.name, form, !field.hint.text().empty());
  html << " autocomplete=\"" << field.autocomplete << "\"";
  if (!value.empty()) html.attribute("value", value);
  html.flag("required", field.presence == Presence::required) << "></div>\n";
}

void write_text_area(Html& html, const TextArea& area, const std::string& value, const FormState& form) {
  html << "<div class=\"field\">";
  write_label(html, area.name, area.label, area.presence);
  write_hint(html, area.name, area.hint);
  write_field_error(html, area.name, form);
  html << "<textarea";
  write_control_attributes(html, area.name, form, !area.hint.text().empty());
  html.attribute("rows", area.rows).flag("required", area.presence == Presence::required);
  // The parser drops one newline after the tag: without ours it would be the text's own.
  html << ">\n" << value << "</textarea></div>\n";
}

void write_site_search(Html& html) {
  html << "<search><form class=\"search-form\" method=\"get\" action=\"/search\"><label for=\"field-q\">Films, people, "
          "discussions and posts</label><div class=\"search-row\"><input type=\"search\" id=\"field-q\" name=\"q\" "
          "autocomplete=\"off\"><button type=\"submit\" class=\"primary\">Search</button></div></form></search>\n";
}

void write_hidden(Html& html, Literal name, const std::string& value) {
  html << "<input type=\"hidden\" name=\"" << name << "\"";
  html.attribute("value", value) << ">";
}

void write_form_key(Html& html, const PageContext& context) { write_hidden(html, "key", context.form_key); }

}  // namespace foyer::pages

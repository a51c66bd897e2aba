#include "server/console/form.hpp"

#include "schemas/bundle.hpp"

#include <array>
#include <string>

namespace nguon::server {
namespace {

/// What server/app/console/fields.mjs calls it.
std::string_view name_of(FieldKind kind) {
  static constexpr std::array<std::string_view, 18> names{
      "text", "phone", "code",    "gtin",   "number", "amount", "date",     "place", "choice",
      "crop", "stage", "variety", "person", "point",  "ring",   "products", "file",  "list"};
  return names[static_cast<std::size_t>(kind)];
}

struct Writer {
  Html& html;
  const Catalogue& texts;
  const Lang lang;
  const std::string id_before;   // of fields: `plot-`, of parts `plot-codes-`
  const std::string key_before;  // `form.plot.`, `form.plot.codes.`

  std::string id(const ConsoleField& field) const { return id_before + std::string(field.name); }
  std::string key(const ConsoleField& field) const { return key_before + std::string(field.name); }
  const std::string& word(const schemas::Label& label) const {
    return lang == Lang::en ? label.en : label.vi;
  }

  void attributes(const ConsoleField& field) const {
    html << R"( id=")" << esc(id(field)) << R"(" name=")" << esc(field.name)
         << R"(" aria-describedby=")" << esc(id(field)) << R"(-hint )" << esc(id(field))
         << R"(-wrong")";
    if (field.required) html << R"( required)";
  }
  void option(std::string_view value, std::string_view words) const {
    html << R"(<option value=")" << esc(value) << R"(">)" << esc(words) << "</option>";
  }
  /// Nothing chosen, where that is an answer.
  void no_choice(const ConsoleField& field) const {
    option({}, texts[field.required ? "form.choose" : "form.none"]);
  }

  void choices(const ConsoleField& field) const {
    html << "<select";
    attributes(field);
    html << ">";
    for (const std::string_view value : field.choices) {
      option(value, texts["choice." + std::string(field.name) + "." + std::string(value)]);
    }
    html << "</select>";
  }
  /// `members` is Chain::stages or Chain::varieties; crops alone where it is null.
  using Labels = std::map<std::string, schemas::Label, std::less<>>;
  void chains(const ConsoleField& field, const Labels schemas::Chain::*members) const {
    html << "<select";
    attributes(field);
    html << ">";
    no_choice(field);
    for (const auto& [crop, chain] : schemas::Bundle::built_in().chains().all()) {
      if (members == nullptr) {
        option(crop, word(chain.label));
        continue;
      }
      html << R"(<optgroup label=")" << esc(word(chain.label)) << R"(">)";
      for (const auto& [code, label] : chain.*members) option(crop + "/" + code, word(label));
      html << "</optgroup>";
    }
    html << "</select>";
  }
  void input(const ConsoleField& field, Markup how) const {
    html << "<input";
    attributes(field);
    html << how << ">";
  }
  void control(const ConsoleField& field) const;
  void hint(const ConsoleField& field) const;
  void field(const ConsoleField& field) const;
  void list(const ConsoleField& field) const;
};

void Writer::control(const ConsoleField& field) const {
  switch (field.kind) {
    case FieldKind::text:
      return input(field, R"( maxlength="120" autocomplete="off")");
    case FieldKind::phone:
      return input(field, R"( type="tel" inputmode="tel" maxlength="20" autocomplete="off")");
    case FieldKind::code:
      return input(field, R"( class="mono" maxlength="64" autocomplete="off" spellcheck="false")");
    case FieldKind::gtin:
      return input(field, R"( class="mono" inputmode="numeric" maxlength="20" autocomplete="off")");
    case FieldKind::number:
      return input(field, R"( inputmode="numeric" maxlength="4" autocomplete="off")");
    case FieldKind::amount:
      return input(field, R"( inputmode="decimal" maxlength="20" autocomplete="off")");
    case FieldKind::date:
      return input(field, R"( type="date" min="1990-01-01" max="2199-12-31")");
    case FieldKind::place:
      input(field, R"( maxlength="120" autocomplete="off" data-code="")");
      html << R"(<ul class="found" hidden></ul>)";
      return;
    case FieldKind::choice:
      return choices(field);
    case FieldKind::crop:
      return chains(field, nullptr);
    case FieldKind::stage:
      return chains(field, &schemas::Chain::stages);
    case FieldKind::variety:
      return chains(field, &schemas::Chain::varieties);
    case FieldKind::person:
      html << "<select";
      attributes(field);
      html << ">";
      no_choice(field);
      html << "</select>";
      return;
    case FieldKind::point:
      input(field, R"( inputmode="text" maxlength="60" autocomplete="off")");
      html << R"(<button type="button" class="btn" data-act="here">)" << esc(texts["form.here"])
           << "</button>";
      return;
    case FieldKind::ring:
      html << "<textarea";
      attributes(field);
      html
          << R"( rows="5" spellcheck="false"></textarea><button type="button" class="btn" data-act="corner">)"
          << esc(texts["form.corner"]) << R"(</button><div class="map" hidden></div>)";
      return;
    case FieldKind::products:
      html << R"(<select multiple size="4")";
      attributes(field);
      html << "></select>";
      return;
    case FieldKind::file:
      return input(field, R"( type="file" accept="application/pdf,image/*")");
    case FieldKind::list:
      return;  // list() writes it
  }
}

/// More to say, and a place for what is wrong.
void Writer::hint(const ConsoleField& field) const {
  html << R"(<p class="soft hint" id=")" << esc(id(field)) << R"(-hint">)";
  if (texts.has(key(field) + ".hint")) html << esc(texts[key(field) + ".hint"]);
  html << R"(</p><p class="wrong" id=")" << esc(id(field)) << R"(-wrong"></p>)";
}

/// One item stands in a template, from which the page makes as many as there are; it numbers their
/// ids.
void Writer::list(const ConsoleField& field) const {
  const Writer part{html, texts, lang, id(field) + "-", key(field) + "."};
  html << R"(<fieldset class="list" data-name=")" << esc(field.name) << R"(" data-most=")"
       << esc(std::to_string(field.most)) << R"(" data-one=")" << esc(texts[key(field) + ".one"])
       << R"(" aria-describedby=")" << esc(id(field)) << R"(-hint )" << esc(id(field))
       << R"(-wrong"><legend>)" << esc(texts[key(field)]) << R"( <span class="soft">)"
       << esc(texts["form.optional"]) << R"(</span></legend>)";
  hint(field);
  html << R"(<ol class="items"></ol><template><li class="item"><h3 class="item-name"></h3>)";
  for (const ConsoleField& one : field.parts) part.field(one);
  html << R"(<button type="button" class="btn small" data-act="drop">)" << esc(texts["form.drop"])
       << R"(</button></li></template><button type="button" class="btn" data-act="add">)"
       << esc(texts[key(field) + ".add"]) << "</button></fieldset>";
}

void Writer::field(const ConsoleField& field) const {
  if (field.kind == FieldKind::list) return list(field);
  html << R"(<div class="field" data-kind=")" << esc(name_of(field.kind)) << R"("><label for=")"
       << esc(id(field)) << R"(">)" << esc(texts[key(field)]);
  if (!field.required && field.kind != FieldKind::choice) {
    html << R"( <span class="soft">)" << esc(texts["form.optional"]) << "</span>";
  }
  html << "</label>";
  control(field);
  hint(field);
  html << "</div>";
}

}  // namespace

void write_form(Html& html, const Catalogue& texts, Lang lang, const ConsoleForm& form) {
  const std::string name(form.name);
  const Writer writer{html, texts, lang, name + "-", "form." + name + "."};
  html << R"(<form id="form-)" << esc(name) << R"(" class="sheet" novalidate hidden><h2>)"
       << esc(texts["form." + name]) << R"(</h2><p class="soft">)" << esc(texts["form.privacy"])
       << "</p>";
  for (const ConsoleField& field : form.fields) writer.field(field);
  html << R"(<div class="acts"><button type="submit" class="btn go">)"
       << esc(texts["form." + name + ".save"])
       << R"(</button><button type="button" class="btn" data-act="cancel">)"
       << esc(texts["form.cancel"]) << "</button></div></form>";
}

}  // namespace nguon::server

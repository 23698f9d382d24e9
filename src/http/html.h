#pragma once
// Writes HTML in which text from outside can only ever be text: names of elements and attributes
// are constants of the program, everything else is escaped here and nowhere else.
//
//   Html page("news");
//   page.open("p", {{"class", "quote"}}).text(quote).close();
//   page.link(url, headline);            // a link when the scheme is http or https, else the text
//
// Control characters, marks that turn the direction of writing and broken bytes become U+FFFD.
// What this does not do: it checks neither nesting rules nor what an attribute may say.

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace wiremill::http {

/// A page and what its content security policy admits.
struct Page {
  std::string html;
  std::string style;  ///< the text of its one <style>; no other style, no script, no source
};

class Html {
 public:
  /// A name that the compiler has seen, so it cannot come from outside.
  struct Name {
    consteval Name(const char* text) : word(text) {}  // NOLINT: written as "td"
    std::string_view word;
  };
  struct Attribute {
    Name name;
    std::string_view value;  ///< any text; Requires: the attribute is no handler and no address
  };
  using Attributes = std::initializer_list<Attribute>;

  /// Begins a document. `style` is ours and stands in it as it is; `refresh_s` 0: never.
  Html(std::string_view title, std::string_view language, std::string_view style, int refresh_s);

  Html& open(Name element, Attributes attributes = {});
  /// Ends the innermost open element.
  Html& close();
  /// An element that has no end, such as "meta" or "br".
  Html& lone(Name element, Attributes attributes = {});
  Html& text(std::string_view any);
  /// open, text, close.
  Html& line(Name element, std::string_view any, Attributes attributes = {});
  Html& link(std::string_view url, std::string_view any);

  /// Ends what is open. The writer is used up.
  Page take();

 private:
  void begin(std::string_view element, Attributes attributes);

  Page page_;
  std::vector<std::string_view> open_;
};

/// The policy header of a page: nothing is loaded, run, framed or sent but the one style.
std::string policy_of(const Page& page);

}  // namespace wiremill::http

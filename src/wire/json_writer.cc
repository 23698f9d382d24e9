#include "wire/json_writer.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "wire/rounding.h"
#include "wire/utf8.h"

namespace wiremill::wire {
namespace {

rapidjson::SizeType size_of(std::string_view text) {
  return static_cast<rapidjson::SizeType>(text.size());
}

}  // namespace

struct JsonWriter::Sink {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer{buffer};
};

JsonWriter::JsonWriter(int decimals) : sink_(std::make_unique<Sink>()), decimals_(decimals) {}
JsonWriter::~JsonWriter() = default;

void JsonWriter::begin_object() { sink_->writer.StartObject(); }
void JsonWriter::end_object() { sink_->writer.EndObject(); }
void JsonWriter::begin_array() { sink_->writer.StartArray(); }
void JsonWriter::end_array() { sink_->writer.EndArray(); }

void JsonWriter::key(std::string_view name) {
  if (!is_utf8(name)) return key(mended_utf8(name));
  sink_->writer.Key(name.data(), size_of(name));
}

void JsonWriter::text(std::string_view value) {
  if (!is_utf8(value)) return text(mended_utf8(value));
  sink_->writer.String(value.empty() ? "" : value.data(), size_of(value));
}

void JsonWriter::whole(std::int64_t value) { sink_->writer.Int64(value); }

void JsonWriter::real(double value) {
  const std::string digits = decimal_text(rounded(value, decimals_));
  sink_->writer.RawValue(digits.data(), digits.size(), rapidjson::kNumberType);
}

void JsonWriter::boolean(bool value) { sink_->writer.Bool(value); }
void JsonWriter::null() { sink_->writer.Null(); }

std::string JsonWriter::take() { return {sink_->buffer.GetString(), sink_->buffer.GetSize()}; }

}  // namespace wiremill::wire

#include "local/database.h"

#include <fmt/format.h>

#include "base/assert.h"
#include "local/local.h"

namespace wiremill::local {

namespace {

base::Error error_of(sqlite3* connection, int code) {
  const auto text = fmt::format("SQLite: {} (code {})", sqlite3_errmsg(connection), code);
  switch (code & 0xff) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_BUSY:
      return {base::ErrorKind::kTransient, text};
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
      return {base::ErrorKind::kRejected, text};
    default:
      return {base::ErrorKind::kFatal, text};
  }
}

}  // namespace

Query::~Query() {
  if (statement_ != nullptr) {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }
}

void Query::bind(int place, std::int64_t number) { sqlite3_bind_int64(statement_, place, number); }

void Query::bind(int place, std::string_view bytes) {
  // An empty view may have no address, which SQLite would read as NULL.
  const char* start = bytes.empty() ? "" : bytes.data();
  sqlite3_bind_blob64(statement_, place, start, bytes.size(), SQLITE_TRANSIENT);
}

void Query::bind(int place, const std::optional<std::string>& bytes) {
  if (bytes) {
    bind(place, std::string_view(*bytes));
  } else {
    sqlite3_bind_null(statement_, place);
  }
}

base::Result<bool> Query::step() {
  if (!ready_) return base::fail(ready_.error());
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return base::fail(error_of(connection_, code));
}

base::Result<void> Query::run() {
  auto stepped = step();
  if (!stepped) return base::fail(stepped.error());
  WIREMILL_ASSERT(!*stepped);
  sqlite3_reset(statement_);
  return {};
}

std::int64_t Query::number(int column) const { return sqlite3_column_int64(statement_, column); }

std::string Query::bytes(int column) const {
  const void* start = sqlite3_column_blob(statement_, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return start == nullptr ? std::string() : std::string(static_cast<const char*>(start), size);
}

bool Query::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

base::Result<Database> Database::open(const std::string& path) {
  sqlite3* raw = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
  Database database;
  database.connection_.reset(raw);
  if (code != SQLITE_OK) {
    auto error = error_of(raw, code);
    error.text = fmt::format("cannot open {}: {}", path, error.text);
    return base::fail(error);
  }
  auto ready = database.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  if (!ready) {
    ready.error().text = fmt::format("cannot use {}: {}", path, ready.error().text);
    return base::fail(ready.error());
  }
  return database;
}

Query Database::query(const char* sql) {
  auto& statement = statements_[sql];
  base::Result<void> prepared;
  if (!statement) {
    sqlite3_stmt* raw = nullptr;
    const int code =
        sqlite3_prepare_v3(connection_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    statement.reset(raw);
    if (code != SQLITE_OK) prepared = base::fail(error_of(connection_.get(), code));
  }
  return Query(connection_.get(), statement.get(), std::move(prepared));
}

base::Result<void> Database::run(const char* sql) {
  const int code = sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return base::fail(error_of(connection_.get(), code));
  return {};
}

base::Result<Transaction> Transaction::begin(Database& database) {
  auto begun = database.run("BEGIN IMMEDIATE");
  if (!begun) return base::fail(begun.error());
  return Transaction(database);
}

Transaction::~Transaction() {
  // A rollback that fails has nothing left to roll back: SQLite did it itself on the error.
  if (database_ != nullptr) static_cast<void>(database_->run("ROLLBACK").has_value());
}

base::Result<void> Transaction::commit() {
  auto done = database_->run("COMMIT");
  if (done) database_ = nullptr;
  return done;
}

std::string library_version() { return sqlite3_libversion(); }

}  // namespace wiremill::local

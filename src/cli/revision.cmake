# Writes HEADER with the revision of the sources in ROOT, when it has changed. Run with every build,
# so that a program never names another revision than it was made from.
cmake_minimum_required(VERSION 3.25)
set(revision unknown)
if(EXISTS ${ROOT}/.git)
  execute_process(COMMAND git describe --always --dirty --exclude=* WORKING_DIRECTORY ${ROOT}
                  OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(described)
    set(revision ${described})
  endif()
endif()
file(CONFIGURE OUTPUT ${HEADER} CONTENT "#define WIREMILL_REVISION \"${revision}\"\n" @ONLY)
